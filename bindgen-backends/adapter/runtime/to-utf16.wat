;; Strings for receivers that want UTF-16. Each takes a pointer and a number of code units, which are in bounds, and gives the
;; same of its copy.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "allocate" (func $allocate (param i32 i32 i32 i32) (result i32)))
  (import "routine" "read utf8" (func $read-utf8 (param i32 i32) (result i32 i32)))
  (import "routine" "read utf16" (func $read-utf16 (param i32 i32) (result i32 i32)))
  (import "routine" "write utf16" (func $write-utf16 (param i32 i32) (result i32)))

  ;; `store_utf8_to_utf16`: two bytes for each, and in the end what it took.
  (func (export "utf8 to utf16") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $size i32) (local $taken i32)
    (local.set $size (i32.shl (local.get $units) (i32.const 1)))
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 2) (local.get $size)))
    (local.set $taken
      (i32.sub
        (call $write-all (local.get $block) (local.get $from) (i32.add (local.get $from) (local.get $units)))
        (local.get $block)))
    (call $fit (local.get $block) (local.get $size) (local.get $taken))
    (i32.shr_u (local.get $taken) (i32.const 1)))

  ;; UTF-8 from $from to $end: where the UTF-16 ends. There is room for as many code units as there are bytes.
  (func $write-all (export "utf8 as utf16") (param $to i32) (param $from i32) (param $end i32) (result i32)
    (local $char i32)
    (local $vector v128)
    (loop $next
      (if (i32.ge_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16))
        (then
          (local.set $vector (v128.load $from (local.get $from)))
          (if (i32.eqz (i8x16.bitmask (local.get $vector)))
            (then
              (v128.store $to (local.get $to) (i16x8.extend_low_i8x16_u (local.get $vector)))
              (v128.store $to offset=16 (local.get $to) (i16x8.extend_high_i8x16_u (local.get $vector)))
              (local.set $from (i32.add (local.get $from) (i32.const 16)))
              (local.set $to (i32.add (local.get $to) (i32.const 32)))
              (br $next)))))
      (if (i32.ne (local.get $from) (local.get $end))
        (then
          (call $read-utf8 (local.get $from) (local.get $end))
          (local.set $from)
          (local.set $char)
          (local.set $to (call $write-utf16 (local.get $to) (local.get $char)))
          (br $next))))
    (local.get $to))

  (func (export "utf16 to utf16") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $size i32)
    (local.set $size (i32.shl (local.get $units) (i32.const 1)))
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 2) (local.get $size)))
    (call $copy (local.get $block) (local.get $from) (i32.add (local.get $from) (local.get $size)))
    (local.get $block)
    (local.get $units))

  ;; Copies UTF-16 and checks it on the way: eight units at a time where none is a surrogate.
  (func $copy (export "copy utf16") (param $to i32) (param $from i32) (param $end i32)
    (local $char i32)
    (local $vector v128)
    (loop $next
      (if (i32.ge_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16))
        (then
          (local.set $vector (v128.load $from (local.get $from)))
          (if (i32.eqz
                (v128.any_true
                  (i16x8.eq
                    (v128.and (local.get $vector)
                      (v128.const i32x4 0xf800f800 0xf800f800 0xf800f800 0xf800f800))
                    (v128.const i32x4 0xd800d800 0xd800d800 0xd800d800 0xd800d800))))
            (then
              (v128.store $to (local.get $to) (local.get $vector))
              (local.set $from (i32.add (local.get $from) (i32.const 16)))
              (local.set $to (i32.add (local.get $to) (i32.const 16)))
              (br $next)))))
      (if (i32.ne (local.get $from) (local.get $end))
        (then
          (call $read-utf16 (local.get $from) (local.get $end))
          (local.set $from)
          (local.set $char)
          (local.set $to (call $write-utf16 (local.get $to) (local.get $char)))
          (br $next)))))

  (func (export "latin1 to utf16") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $to i32) (local $end i32)
    (local $vector v128)
    (local.set $end (i32.add (local.get $from) (local.get $units)))
    (local.set $block
      (call $allocate (i32.const 0) (i32.const 0) (i32.const 2) (i32.shl (local.get $units) (i32.const 1))))
    (local.set $to (local.get $block))
    (loop $next
      (if (i32.ge_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16))
        (then
          (local.set $vector (v128.load $from (local.get $from)))
          (v128.store $to (local.get $to) (i16x8.extend_low_i8x16_u (local.get $vector)))
          (v128.store $to offset=16 (local.get $to) (i16x8.extend_high_i8x16_u (local.get $vector)))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 32)))
          (br $next)))
      (if (i32.ne (local.get $from) (local.get $end))
        (then
          (i32.store16 $to (local.get $to) (i32.load8_u $from (local.get $from)))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (local.set $to (i32.add (local.get $to) (i32.const 2)))
          (br $next))))
    (local.get $block)
    (local.get $units))

  ;; Gives back what a block has too much.
  (func $fit (export "fit utf16") (param $block i32) (param $old-size i32) (param $size i32) (result i32)
    (if (i32.eq (local.get $old-size) (local.get $size)) (then (return (local.get $block))))
    (call $allocate (local.get $block) (local.get $old-size) (i32.const 2) (local.get $size)))
)
