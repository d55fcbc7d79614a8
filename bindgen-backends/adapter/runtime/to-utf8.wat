;; Strings for receivers that want UTF-8. Each takes a pointer and a number of code units, which are in bounds, and gives the
;; same of its copy.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "allocate" (func $allocate (param i32 i32 i32 i32) (result i32)))
  (import "routine" "read utf16" (func $read-utf16 (param i32 i32) (result i32 i32)))
  (import "routine" "write utf8" (func $write-utf8 (param i32 i32) (result i32)))

  ;; `store_utf16_to_utf8`: as many bytes as code units, as long as it is ASCII; then three for each, and in the end what it took.
  (func (export "utf16 to utf8") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $to i32) (local $end i32) (local $char i32) (local $size i32)
    (local $vector v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $units) (i32.const 1))))
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 1) (local.get $units)))
    (local.set $to (local.get $block))
    (block $not-ascii
      (block $end-of-8
        (loop $next
          (br_if $end-of-8 (i32.lt_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16)))
          (local.set $vector (v128.load $from (local.get $from)))
          (br_if $end-of-8
            (v128.any_true
              (v128.and (local.get $vector) (v128.const i16x8 -128 -128 -128 -128 -128 -128 -128 -128))))
          (v128.store64_lane $to 0 (local.get $to)
            (i8x16.narrow_i16x8_u (local.get $vector) (local.get $vector)))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 8)))
          (br $next)))
      (loop $next
        (if (i32.eq (local.get $from) (local.get $end))
          (then (return (local.get $block) (local.get $units))))
        (local.set $char (i32.load16_u $from (local.get $from)))
        (br_if $not-ascii (i32.ge_u (local.get $char) (i32.const 0x80)))
        (i32.store8 $to (local.get $to) (local.get $char))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $next)))
    (local.set $to (i32.sub (local.get $to) (local.get $block)))
    (local.set $size (i32.mul (local.get $units) (i32.const 3)))
    (local.set $block
      (call $allocate (local.get $block) (local.get $units) (i32.const 1) (local.get $size)))
    (local.set $to (i32.add (local.get $to) (local.get $block)))
    (loop $next
      (call $read-utf16 (local.get $from) (local.get $end))
      (local.set $from)
      (local.set $char)
      (local.set $to (call $write-utf8 (local.get $to) (local.get $char)))
      (br_if $next (i32.ne (local.get $from) (local.get $end))))
    (call $fit (local.get $block) (local.get $size) (i32.sub (local.get $to) (local.get $block)))
    (i32.sub (local.get $to) (local.get $block)))

  ;; `store_latin1_to_utf8`: the same, with two for each.
  (func (export "latin1 to utf8") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $to i32) (local $end i32) (local $char i32) (local $size i32)
    (local $vector v128)
    (local.set $end (i32.add (local.get $from) (local.get $units)))
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 1) (local.get $units)))
    (local.set $to (local.get $block))
    (block $not-ascii
      (block $end-of-16
        (loop $next
          (br_if $end-of-16 (i32.lt_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16)))
          (local.set $vector (v128.load $from (local.get $from)))
          (br_if $end-of-16 (i8x16.bitmask (local.get $vector)))
          (v128.store $to (local.get $to) (local.get $vector))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (br $next)))
      (loop $next
        (if (i32.eq (local.get $from) (local.get $end))
          (then (return (local.get $block) (local.get $units))))
        (local.set $char (i32.load8_u $from (local.get $from)))
        (br_if $not-ascii (i32.ge_u (local.get $char) (i32.const 0x80)))
        (i32.store8 $to (local.get $to) (local.get $char))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $next)))
    (local.set $to (i32.sub (local.get $to) (local.get $block)))
    (local.set $size (i32.shl (local.get $units) (i32.const 1)))
    (local.set $block
      (call $allocate (local.get $block) (local.get $units) (i32.const 1) (local.get $size)))
    (local.set $to (i32.add (local.get $to) (local.get $block)))
    (loop $next
      (local.set $to (call $write-utf8 (local.get $to) (i32.load8_u $from (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br_if $next (i32.ne (local.get $from) (local.get $end))))
    (call $fit (local.get $block) (local.get $size) (i32.sub (local.get $to) (local.get $block)))
    (i32.sub (local.get $to) (local.get $block)))

  ;; Gives back what a block has too much.
  (func $fit (export "fit utf8") (param $block i32) (param $old-size i32) (param $size i32) (result i32)
    (if (i32.eq (local.get $old-size) (local.get $size)) (then (return (local.get $block))))
    (call $allocate (local.get $block) (local.get $old-size) (i32.const 1) (local.get $size)))
)
