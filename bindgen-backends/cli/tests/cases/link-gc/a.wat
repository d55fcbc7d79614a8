(module
  (rec
    (type $string (array (mut i8)))
    (type $numbers (array (mut i32)))
    (type $person (struct (field (ref $string)) (field (ref null $numbers))))
    (type $number (func (param i32) (result i32))))
  (import "[abi=gc]$root" "same" (func $same (param (ref $string)) (result (ref $string))))
  (import "[abi=gc]$root" "same-person" (func $same-person (param (ref $person)) (result (ref $person))))
  (import "[abi=gc]$root" "same-number" (func $same-number (type $number)))
  (func (export "[abi=gc]test:link/api#length") (param i32) (result i32)
    (array.len (call $same (array.new $string (i32.const 0x61) (local.get 0)))))
  (func (export "[abi=gc]test:link/api#next") (type $number)
    (array.get $numbers
      (struct.get $person 1
        (call $same-person
          (struct.new $person
            (array.new $string (i32.const 0x62) (i32.const 3))
            (array.new_fixed $numbers 2 (local.get 0) (i32.add (local.get 0) (i32.const 1))))))
      (i32.const 1)))
  (func (export "[abi=gc]$root#twice") (type $number)
    (i32.shl (call $same-number (local.get 0)) (i32.const 1)))
  (@custom "onramp:abi" "gc 1"))
