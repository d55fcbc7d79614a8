;; Whether an array is UTF-8.
(module
  (type $units (array (mut i8)))
  (import "trap" "invalid UTF-8 in string" (func $invalid (param i32)))

  ;; Traps unless there is an element that is in a range.
  (func $tail (export "check utf8 tail") (param $array (ref $units)) (param $index i32) (param $low i32) (param $high i32)
    (local $byte i32)
    (if (i32.ge_u (local.get $index) (array.len (local.get $array))) (then (call $invalid (i32.const 0))))
    (local.set $byte (array.get_u $units (local.get $array) (local.get $index)))
    (if (i32.or
          (i32.lt_u (local.get $byte) (local.get $low))
          (i32.gt_u (local.get $byte) (local.get $high)))
      (then (call $invalid (i32.const 0)))))

  ;; Table 3-7 of the Unicode standard: what may follow the first byte of a character.
  (func (export "check utf8 array") (param $array (ref $units))
    (local $index i32) (local $length i32) (local $byte i32) (local $low i32) (local $high i32) (local $end i32)
    (local.set $length (array.len (local.get $array)))
    (block $done
      (loop $next
        ;; As long as it is ASCII, eight at once.
        (block $slow
          (loop $eight
            (br_if $slow (i32.lt_u (i32.sub (local.get $length) (local.get $index)) (i32.const 8)))
            (br_if $slow (i32.ge_u ANY (i32.const 0x80)))
            (local.set $index (i32.add (local.get $index) (i32.const 8)))
            (br $eight)))
        (br_if $done (i32.ge_u (local.get $index) (local.get $length)))
        (local.set $byte (array.get_u $units (local.get $array) (local.get $index)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $byte) (i32.const 0x80)))
        (if (i32.or
              (i32.lt_u (local.get $byte) (i32.const 0xc2))
              (i32.gt_u (local.get $byte) (i32.const 0xf4)))
          (then (call $invalid (i32.const 0))))
        (local.set $low (i32.const 0x80))
        (local.set $high (i32.const 0xbf))
        (if (i32.eq (local.get $byte) (i32.const 0xe0)) (then (local.set $low (i32.const 0xa0))))
        (if (i32.eq (local.get $byte) (i32.const 0xed)) (then (local.set $high (i32.const 0x9f))))
        (if (i32.eq (local.get $byte) (i32.const 0xf0)) (then (local.set $low (i32.const 0x90))))
        (if (i32.eq (local.get $byte) (i32.const 0xf4)) (then (local.set $high (i32.const 0x8f))))
        (local.set $end
          (i32.add
            (local.get $index)
            (i32.add
              (i32.const 1)
              (i32.add
                (i32.ge_u (local.get $byte) (i32.const 0xe0))
                (i32.ge_u (local.get $byte) (i32.const 0xf0))))))
        (loop $following
          (call $tail (local.get $array) (local.get $index) (local.get $low) (local.get $high))
          (local.set $low (i32.const 0x80))
          (local.set $high (i32.const 0xbf))
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br_if $following (i32.lt_u (local.get $index) (local.get $end))))
        (br $next)))))
