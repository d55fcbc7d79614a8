(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref null $string))))
  (data $data "abcdefgh")
  (func $sum (param $text (ref null $string)) (result i32)
    (local $sum i32) (local $at i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $at) (array.len (local.get $text))))
        (local.set $sum (i32.add (local.get $sum) (array.get_u $string (local.get $text) (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $sum))
  (func $sum-all (param $texts (ref $strings)) (result i32)
    (local $sum i32) (local $at i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $at) (array.len (local.get $texts))))
        (local.set $sum (i32.add (local.get $sum) (call $sum (array.get $strings (local.get $texts) (local.get $at)))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $sum))
  (func $part (param $at i32) (param $length i32) (result (ref $string))
    (array.new_data $string $data (local.get $at) (local.get $length)))
  (func (export "[abi=gc]test:profiles/lib#bytes") (param (ref $string)) (result i32) (call $sum (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#all") (param (ref $strings)) (result i32) (call $sum-all (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#text") (result (ref $string)) (call $part (i32.const 0) (i32.const 8)))
  (func (export "[abi=gc]test:profiles/lib#texts") (result (ref $strings))
    (array.new_fixed $strings 3
      (call $part (i32.const 0) (i32.const 3)) (call $part (i32.const 3) (i32.const 5)) (array.new_fixed $string 0))))
