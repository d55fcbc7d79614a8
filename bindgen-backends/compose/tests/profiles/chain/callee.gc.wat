(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref null $string))))
  (data $text "abcdefgh")
  (func $sum (param $of (ref $string)) (result i32)
    (local $at i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $of))))
        (local.set $sum (i32.add (local.get $sum) (array.get_u $string (local.get $of) (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $sum))
  (func (export "[abi=gc]test:profiles/lib#bytes") (param (ref $string)) (result i32) (call $sum (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#all") (param $of (ref $strings)) (result i32)
    (local $at i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $of))))
        (local.set $sum
          (i32.add
            (local.get $sum)
            (call $sum (ref.as_non_null (array.get $strings (local.get $of) (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $sum))
  (func (export "[abi=gc]test:profiles/lib#text") (result (ref $string))
    (array.new_data $string $text (i32.const 0) (i32.const 8)))
  (func (export "[abi=gc]test:profiles/lib#texts") (result (ref $strings))
    (array.new_fixed $strings 3
      (array.new_data $string $text (i32.const 0) (i32.const 3))
      (array.new_data $string $text (i32.const 3) (i32.const 5))
      (array.new_fixed $string 0))))
