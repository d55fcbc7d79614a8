;; Whether an array is UTF-16.
(module
  (type $units (array (mut i16)))
  (import "trap" "invalid UTF-16 in string" (func $invalid (param i32)))

  (func (export "check utf16 array") (param $array (ref $units))
    (local $index i32) (local $length i32) (local $unit i32)
    (local.set $length (array.len (local.get $array)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $length)))
        (local.set $unit (array.get_u $units (local.get $array) (local.get $index)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $next (i32.ne (i32.and (local.get $unit) (i32.const 0xf800)) (i32.const 0xd800)))
        ;; The second half of a pair, or a first half with none behind it.
        (if (i32.or
              (i32.ge_u (local.get $unit) (i32.const 0xdc00))
              (i32.ge_u (local.get $index) (local.get $length)))
          (then (call $invalid (i32.const 0))))
        (if (i32.ne
              (i32.and
                (array.get_u $units (local.get $array) (local.get $index))
                (i32.const 0xfc00))
              (i32.const 0xdc00))
          (then (call $invalid (i32.const 0))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))))
