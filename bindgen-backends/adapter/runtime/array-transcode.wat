;; Text from array to array, in another encoding.
(module
  (type $bytes (array (mut i8)))
  (type $units (array (mut i16)))
  (import "trap" "invalid UTF-16 in string" (func $invalid (param i32)))
  (import "routine" "check utf8 array" (func $check-utf8 (param (ref $bytes))))

  ;; The code point at an index: of a pair of units the whole, and of others the unit.
  (func $code-point (export "code point of utf16 array") (param $from (ref $units)) (param $index i32) (result i32)
    (local $unit i32) (local $second i32)
    (local.set $unit (array.get_u $units (local.get $from) (local.get $index)))
    (if (i32.ne (i32.and (local.get $unit) (i32.const 0xf800)) (i32.const 0xd800))
      (then (return (local.get $unit))))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (if (i32.or
          (i32.ge_u (local.get $unit) (i32.const 0xdc00))
          (i32.ge_u (local.get $index) (array.len (local.get $from))))
      (then (call $invalid (i32.const 0))))
    (local.set $second (array.get_u $units (local.get $from) (local.get $index)))
    (if (i32.ne (i32.and (local.get $second) (i32.const 0xfc00)) (i32.const 0xdc00))
      (then (call $invalid (i32.const 0))))
    ;; 0x10000 and the ten lower bits of each.
    (i32.add
      (i32.add (i32.shl (local.get $unit) (i32.const 10)) (local.get $second))
      (i32.const -0x35fdc00)))

  ;; How many bytes it takes. 2^32 of them are too many for any array: the sum is held back.
  (func $measure (export "measure utf16 array as utf8") (param $from (ref $units)) (result i32)
    (local $index i32) (local $length i32) (local $unit i32) (local $bytes i64)
    (local.set $length (array.len (local.get $from)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $length)))
        (local.set $unit (call $code-point (local.get $from) (local.get $index)))
        (local.set $index
          (i32.add
            (local.get $index)
            (i32.add (i32.const 1) (i32.ge_u (local.get $unit) (i32.const 0x10000)))))
        (local.set $bytes
          (i64.add
            (local.get $bytes)
            (i64.extend_i32_u
              (i32.add
                (i32.add (i32.const 1) (i32.ge_u (local.get $unit) (i32.const 0x80)))
                (i32.add
                  (i32.ge_u (local.get $unit) (i32.const 0x800))
                  (i32.ge_u (local.get $unit) (i32.const 0x10000)))))))
        (br $next)))
    (select
      (i32.wrap_i64 (local.get $bytes))
      (i32.const -1)
      (i64.lt_u (local.get $bytes) (i64.const 0xffff_ffff))))

  (func $put (export "put bytes of code point")
    (param $to (ref $bytes)) (param $index i32) (param $point i32) (param $shift i32) (result i32)
    ;; The bytes behind the first, six bits each.
    (loop $next
      (array.set $bytes (local.get $to) (local.get $index)
        (i32.or
          (i32.and (i32.shr_u (local.get $point) (local.get $shift)) (i32.const 0x3f))
          (i32.const 0x80)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (local.set $shift (i32.sub (local.get $shift) (i32.const 6)))
      (br_if $next (i32.ge_s (local.get $shift) (i32.const 0))))
    (local.get $index))

  (func (export "utf16 array to utf8 array") (param $from (ref $units)) (result (ref $bytes))
    (local $index i32) (local $length i32) (local $at i32) (local $point i32) (local $to (ref $bytes))
    (local.set $length (array.len (local.get $from)))
    (local.set $to (array.new_default $bytes (call $measure (local.get $from))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $length)))
        (local.set $point (array.get_u $units (local.get $from) (local.get $index)))
        (if (i32.lt_u (local.get $point) (i32.const 0x80))
          (then
            (array.set $bytes (local.get $to) (local.get $at) (local.get $point))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (local.set $index (i32.add (local.get $index) (i32.const 1)))
            (br $next)))
        (local.set $point (call $code-point (local.get $from) (local.get $index)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (if (i32.lt_u (local.get $point) (i32.const 0x800))
          (then
            (array.set $bytes (local.get $to) (local.get $at)
              (i32.or (i32.shr_u (local.get $point) (i32.const 6)) (i32.const 0xc0)))
            (local.set $at
              (call $put (local.get $to) (i32.add (local.get $at) (i32.const 1)) (local.get $point) (i32.const 0)))
            (br $next)))
        (if (i32.lt_u (local.get $point) (i32.const 0x10000))
          (then
            (array.set $bytes (local.get $to) (local.get $at)
              (i32.or (i32.shr_u (local.get $point) (i32.const 12)) (i32.const 0xe0)))
            (local.set $at
              (call $put (local.get $to) (i32.add (local.get $at) (i32.const 1)) (local.get $point) (i32.const 6)))
            (br $next)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (array.set $bytes (local.get $to) (local.get $at)
          (i32.or (i32.shr_u (local.get $point) (i32.const 18)) (i32.const 0xf0)))
        (local.set $at
          (call $put (local.get $to) (i32.add (local.get $at) (i32.const 1)) (local.get $point) (i32.const 12)))
        (br $next)))
    (local.get $to))

  ;; What has been checked has a unit for each byte that begins a character, and another if that has four bytes.
  (func $count (export "measure utf8 array as utf16") (param $from (ref $bytes)) (result i32)
    (local $index i32) (local $length i32) (local $byte i32) (local $units i32)
    (local.set $length (array.len (local.get $from)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $length)))
        (local.set $byte (array.get_u $bytes (local.get $from) (local.get $index)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (local.set $units
          (i32.add
            (local.get $units)
            (i32.add
              (i32.ne (i32.and (local.get $byte) (i32.const 0xc0)) (i32.const 0x80))
              (i32.ge_u (local.get $byte) (i32.const 0xf0)))))
        (br $next)))
    (local.get $units))

  (func (export "utf8 array to utf16 array") (param $from (ref $bytes)) (result (ref $units))
    (local $index i32) (local $length i32) (local $at i32) (local $point i32) (local $end i32) (local $to (ref $units))
    (call $check-utf8 (local.get $from))
    (local.set $length (array.len (local.get $from)))
    (local.set $to (array.new_default $units (call $count (local.get $from))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $length)))
        (local.set $point (array.get_u $bytes (local.get $from) (local.get $index)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (if (i32.ge_u (local.get $point) (i32.const 0x80))
          (then
            (local.set $end
              (i32.add
                (i32.add (local.get $index) (i32.const 1))
                (i32.add
                  (i32.ge_u (local.get $point) (i32.const 0xe0))
                  (i32.ge_u (local.get $point) (i32.const 0xf0)))))
            ;; The first byte has as many bits of it as the others leave: 5, 4 or 3.
            (local.set $point
              (i32.and
                (local.get $point)
                (i32.shr_u (i32.const 0x3f) (i32.sub (local.get $end) (local.get $index)))))
            (loop $following
              (local.set $point
                (i32.or
                  (i32.shl (local.get $point) (i32.const 6))
                  (i32.and
                    (array.get_u $bytes (local.get $from) (local.get $index))
                    (i32.const 0x3f))))
              (local.set $index (i32.add (local.get $index) (i32.const 1)))
              (br_if $following (i32.lt_u (local.get $index) (local.get $end))))
            (if (i32.ge_u (local.get $point) (i32.const 0x10000))
              (then
                (array.set $units (local.get $to) (local.get $at)
                  (i32.add (i32.shr_u (local.get $point) (i32.const 10)) (i32.const 0xd7c0)))
                (local.set $at (i32.add (local.get $at) (i32.const 1)))
                (local.set $point
                  (i32.or (i32.and (local.get $point) (i32.const 0x3ff)) (i32.const 0xdc00)))))))
        (array.set $units (local.get $to) (local.get $at) (local.get $point))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $to)))
