;; Copies UTF-8 and checks it on the way. Each byte is read once, but for up to three at the end of the last vector.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "read utf8" (func $read-utf8 (param i32 i32) (result i32 i32)))
  (import "routine" "write utf8" (func $write-utf8 (param i32 i32) (result i32)))
  (import "trap" "invalid UTF-8 in string" (func $invalid (param i32)))

  ;; As long as it is ASCII, which has no byte with the highest bit, it is good.
  (func (export "copy utf8") (param $to i32) (param $from i32) (param $size i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $last i32)
    (if (i32.lt_u (local.get $size) (i32.const 16))
      (then
        (call $copy-short (local.get $to) (local.get $from) (local.get $size))
        (return)))
    (block $not-ascii
      (block $end-of-64
        (loop $next
          (br_if $end-of-64 (i32.lt_u (local.get $size) (i32.const 64)))
          (local.set $a (v128.load $from (local.get $from)))
          (local.set $b (v128.load $from offset=16 (local.get $from)))
          (local.set $c (v128.load $from offset=32 (local.get $from)))
          (local.set $d (v128.load $from offset=48 (local.get $from)))
          (br_if $end-of-64
            (i8x16.bitmask (v128.or
              (v128.or (local.get $a) (local.get $b))
              (v128.or (local.get $c) (local.get $d)))))
          (v128.store $to (local.get $to) (local.get $a))
          (v128.store $to offset=16 (local.get $to) (local.get $b))
          (v128.store $to offset=32 (local.get $to) (local.get $c))
          (v128.store $to offset=48 (local.get $to) (local.get $d))
          (local.set $from (i32.add (local.get $from) (i32.const 64)))
          (local.set $to (i32.add (local.get $to) (i32.const 64)))
          (local.set $size (i32.sub (local.get $size) (i32.const 64)))
          (br $next)))
      (block $end-of-16
        (loop $next
          (br_if $end-of-16 (i32.lt_u (local.get $size) (i32.const 16)))
          (local.set $a (v128.load $from (local.get $from)))
          (br_if $not-ascii (i8x16.bitmask (local.get $a)))
          (v128.store $to (local.get $to) (local.get $a))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (local.set $size (i32.sub (local.get $size) (i32.const 16)))
          (br $next)))
      ;; The last 16 bytes, some of them again.
      (local.set $last (i32.sub (local.get $size) (i32.const 16)))
      (local.set $a (v128.load $from (i32.add (local.get $from) (local.get $last))))
      (br_if $not-ascii (i8x16.bitmask (local.get $a)))
      (v128.store $to (i32.add (local.get $to) (local.get $last)) (local.get $a))
      (return))
    (call $copy-vectors (local.get $to) (local.get $from) (local.get $size)))

  ;; Less than 16 bytes.
  (func $copy-short (export "copy short utf8") (param $to i32) (param $from i32) (param $size i32)
    (local $a i64) (local $b i64) (local $c i32) (local $d i32)
    (local $last i32)
    (if (i32.ge_u (local.get $size) (i32.const 8))
      (then
        (local.set $last (i32.sub (local.get $size) (i32.const 8)))
        (local.set $a (i64.load $from (local.get $from)))
        (local.set $b (i64.load $from (i32.add (local.get $from) (local.get $last))))
        (if (i64.eqz
              (i64.and (i64.or (local.get $a) (local.get $b)) (i64.const 0x8080808080808080)))
          (then
            (i64.store $to (local.get $to) (local.get $a))
            (i64.store $to (i32.add (local.get $to) (local.get $last)) (local.get $b))
            (return))))
      (else
        (if (i32.ge_u (local.get $size) (i32.const 4))
          (then
            (local.set $last (i32.sub (local.get $size) (i32.const 4)))
            (local.set $c (i32.load $from (local.get $from)))
            (local.set $d (i32.load $from (i32.add (local.get $from) (local.get $last))))
            (if (i32.eqz (i32.and (i32.or (local.get $c) (local.get $d)) (i32.const 0x80808080)))
              (then
                (i32.store $to (local.get $to) (local.get $c))
                (i32.store $to (i32.add (local.get $to) (local.get $last)) (local.get $d))
                (return)))))))
    (call $copy-characters (local.get $to) (local.get $from) (local.get $size)))

  ;; Character by character.
  (func $copy-characters (export "copy utf8 characters") (param $to i32) (param $from i32) (param $size i32)
    (local $end i32)
    (local $char i32)
    (local.set $end (i32.add (local.get $from) (local.get $size)))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $from) (local.get $end)))
        (local.set $char (i32.load8_u $from (local.get $from)))
        (if (i32.lt_u (local.get $char) (i32.const 0x80))
          (then
            (i32.store8 $to (local.get $to) (local.get $char))
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (local.set $to (i32.add (local.get $to) (i32.const 1)))
            (br $next)))
        (call $read-utf8 (local.get $from) (local.get $end))
        (local.set $from)
        (local.set $char)
        (local.set $to (call $write-utf8 (local.get $to) (local.get $char)))
        (br $next))))

  ;; Any UTF-8, 16 bytes at a time, starting at a character: the algorithm of Keiser and Lemire, "Validating UTF-8 in less
  ;; than one instruction per byte" (2021). Three tables, looked up with the two halves of one byte and the upper half of
  ;; the next, have a bit for each thing that can be wrong with such a pair; what all three agree on, is:
  ;;   0x01 too short: a character starts before the last one ends     0x02 too long: a continuation after ASCII
  ;;   0x04, 0x20, 0x40 has a shorter form (of 3, 2, 4 bytes)          0x10 surrogate
  ;;   0x08, 0x40 above U+10FFFF                                        0x80 two continuations
  ;; Two continuations are right where a character of three or four bytes started two or three bytes before.
  (func $copy-vectors (export "copy utf8 vectors") (param $to i32) (param $from i32) (param $size i32)
    (local $previous v128) (local $current v128) (local $before v128) (local $wrong v128)
    (local $back i32)
    (if (i32.ge_u (local.get $size) (i32.const 16))
      (then
        (loop $next
          (local.set $current (v128.load $from (local.get $from)))
          (v128.store $to (local.get $to) (local.get $current))
          ;; `before`: the byte before each.
          (local.set $before
            (i8x16.shuffle 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
              (local.get $previous) (local.get $current)))
          (local.set $wrong
            (v128.or (local.get $wrong)
              (v128.xor
                (v128.and
                  (v128.and
                    (i8x16.swizzle
                      (v128.const i8x16 0x02 0x02 0x02 0x02 0x02 0x02 0x02 0x02 0x80 0x80 0x80 0x80 0x21 0x01 0x15 0x49)
                      (i8x16.shr_u (local.get $before) (i32.const 4)))
                    (i8x16.swizzle
                      (v128.const i8x16 0xe7 0xa3 0x83 0x83 0x8b 0xcb 0xcb 0xcb 0xcb 0xcb 0xcb 0xcb 0xcb 0xdb 0xcb 0xcb)
                      (v128.and (local.get $before) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f))))
                  (i8x16.swizzle
                    (v128.const i8x16 0x01 0x01 0x01 0x01 0x01 0x01 0x01 0x01 0xe6 0xae 0xba 0xba 0x01 0x01 0x01 0x01)
                    (i8x16.shr_u (local.get $current) (i32.const 4))))
                ;; 0x80 for the third and fourth byte of a character.
                (v128.and
                  (v128.or
                    (i8x16.sub_sat_u
                      (i8x16.shuffle 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29
                        (local.get $previous) (local.get $current))
                      (v128.const i32x4 0x60606060 0x60606060 0x60606060 0x60606060))
                    (i8x16.sub_sat_u
                      (i8x16.shuffle 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28
                        (local.get $previous) (local.get $current))
                      (v128.const i32x4 0x70707070 0x70707070 0x70707070 0x70707070)))
                  (v128.const i32x4 0x80808080 0x80808080 0x80808080 0x80808080)))))
          (local.set $previous (local.get $current))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (local.set $size (i32.sub (local.get $size) (i32.const 16)))
          (br_if $next (i32.ge_u (local.get $size) (i32.const 16))))
        (if (v128.any_true (local.get $wrong)) (then (call $invalid (i32.const 0))))
        ;; The last character may go on: back to where it starts.
        (local.set $back
          (select (i32.const 1)
            (select (i32.const 2)
              (i32.const 3)
              (i32.ge_u (i8x16.extract_lane_u 14 (local.get $previous)) (i32.const 0xe0)))
            (i32.ge_u (i8x16.extract_lane_u 15 (local.get $previous)) (i32.const 0xc0))))
        (if (i32.and
              (i32.eq (local.get $back) (i32.const 3))
              (i32.lt_u (i8x16.extract_lane_u 13 (local.get $previous)) (i32.const 0xf0)))
          (then (local.set $back (i32.const 0))))))
    (call $copy-characters
      (i32.sub (local.get $to) (local.get $back))
      (i32.sub (local.get $from) (local.get $back))
      (i32.add (local.get $size) (local.get $back))))
)
