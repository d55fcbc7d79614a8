(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref null $string))))
  (import "[abi=gc]test:profiles/host" "note" (func $note (param i32)))
  (import "[abi=gc]test:profiles/middle" "bytes" (func $bytes (param (ref $string)) (result i32)))
  (import "[abi=gc]test:profiles/middle" "all" (func $all (param (ref $strings)) (result i32)))
  (import "[abi=gc]test:profiles/middle" "text" (func $text (result (ref $string))))
  (import "[abi=gc]test:profiles/middle" "texts" (func $texts (result (ref $strings))))
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
  (func $part (param $from i32) (param $length i32) (result (ref $string))
    (array.new_data $string $text (local.get $from) (local.get $length)))
  (func (export "[abi=gc]test:profiles/entry#run")
    (local $texts (ref null $strings)) (local $text (ref null $string)) (local $at i32) (local $sum i32)
    (call $note (call $bytes (call $part (i32.const 0) (i32.const 7))))
    (call $note
      (call $all
        (array.new_fixed $strings 2 (call $part (i32.const 0) (i32.const 3)) (call $part (i32.const 3) (i32.const 5)))))
    (local.set $text (call $text))
    (call $note (array.len (local.get $text)))
    (call $note (call $sum (ref.as_non_null (local.get $text))))
    (local.set $texts (call $texts))
    (call $note (array.len (local.get $texts)))
    (loop $next
      (local.set $sum
        (i32.add
          (local.get $sum)
          (call $sum (ref.as_non_null (array.get $strings (local.get $texts) (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (array.len (local.get $texts)))))
    (call $note (local.get $sum))))
