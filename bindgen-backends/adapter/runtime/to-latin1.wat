;; Strings for receivers that want latin1+utf16: Latin-1 where that is enough, otherwise UTF-16, and bit 31 of the length says so.
;; Each takes a pointer and a number of code units, which are in bounds, and gives the same of its copy.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "allocate" (func $allocate (param i32 i32 i32 i32) (result i32)))
  (import "routine" "copy" (func $copy (param i32 i32 i32)))
  (import "routine" "read utf8" (func $read-utf8 (param i32 i32) (result i32 i32)))
  (import "routine" "utf8 as utf16" (func $utf8-as-utf16 (param i32 i32 i32) (result i32)))
  (import "routine" "copy utf16" (func $copy-utf16 (param i32 i32 i32)))
  (import "routine" "fit utf16" (func $fit (param i32 i32 i32) (result i32)))

  ;; `store_string_to_latin1_or_utf16`: as many bytes as code units, as long as it is Latin-1; if not, twice as many.
  (func (export "utf8 to latin1+utf16") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $to i32) (local $end i32) (local $next i32) (local $char i32) (local $size i32)
    (local $vector v128)
    (local.set $end (i32.add (local.get $from) (local.get $units)))
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 2) (local.get $units)))
    (local.set $to (local.get $block))
    (block $not-latin1
      (loop $continue
        (if (i32.ge_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16))
          (then
            (local.set $vector (v128.load $from (local.get $from)))
            (if (i32.eqz (i8x16.bitmask (local.get $vector)))
              (then
                (v128.store $to (local.get $to) (local.get $vector))
                (local.set $from (i32.add (local.get $from) (i32.const 16)))
                (local.set $to (i32.add (local.get $to) (i32.const 16)))
                (br $continue)))))
        (if (i32.ne (local.get $from) (local.get $end))
          (then
            (call $read-utf8 (local.get $from) (local.get $end))
            (local.set $next)
            (local.set $char)
            (br_if $not-latin1 (i32.ge_u (local.get $char) (i32.const 0x100)))
            (i32.store8 $to (local.get $to) (local.get $char))
            (local.set $from (local.get $next))
            (local.set $to (i32.add (local.get $to) (i32.const 1)))
            (br $continue))))
      (local.set $size (i32.sub (local.get $to) (local.get $block)))
      (return (call $fit (local.get $block) (local.get $units) (local.get $size)) (local.get $size)))
    (local.set $size (i32.shl (local.get $units) (i32.const 1)))
    (local.set $to (i32.sub (local.get $to) (local.get $block)))
    (local.set $block (call $widen (local.get $block) (local.get $units) (local.get $to)))
    (local.set $to
      (call $utf8-as-utf16
        (i32.add (local.get $block) (i32.shl (local.get $to) (i32.const 1)))
        (local.get $from)
        (local.get $end)))
    (local.set $to (i32.sub (local.get $to) (local.get $block)))
    (call $fit (local.get $block) (local.get $size) (local.get $to))
    (i32.or (i32.shr_u (local.get $to) (i32.const 1)) (i32.const 0x80000000)))

  ;; The same. What `store_probably_utf16_to_latin1_or_utf16` does for a sender of latin1+utf16 has the same results.
  (func (export "utf16 to latin1+utf16") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32) (local $to i32) (local $end i32) (local $char i32)
    (local $vector v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $units) (i32.const 1))))
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 2) (local.get $units)))
    (local.set $to (local.get $block))
    (block $not-latin1
      (block $end-of-8
        (loop $next
          (br_if $end-of-8 (i32.lt_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16)))
          (local.set $vector (v128.load $from (local.get $from)))
          (br_if $end-of-8
            (v128.any_true
              (v128.and (local.get $vector) (v128.const i16x8 -256 -256 -256 -256 -256 -256 -256 -256))))
          (v128.store64_lane $to 0 (local.get $to)
            (i8x16.narrow_i16x8_u (local.get $vector) (local.get $vector)))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 8)))
          (br $next)))
      (loop $next
        (if (i32.eq (local.get $from) (local.get $end))
          (then (return (local.get $block) (local.get $units))))
        (local.set $char (i32.load16_u $from (local.get $from)))
        (br_if $not-latin1 (i32.ge_u (local.get $char) (i32.const 0x100)))
        (i32.store8 $to (local.get $to) (local.get $char))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $next)))
    (local.set $to (i32.sub (local.get $to) (local.get $block)))
    (local.set $block (call $widen (local.get $block) (local.get $units) (local.get $to)))
    (call $copy-utf16
      (i32.add (local.get $block) (i32.shl (local.get $to) (i32.const 1)))
      (local.get $from)
      (local.get $end))
    (local.get $block)
    (i32.or (local.get $units) (i32.const 0x80000000)))

  (func (export "latin1 to latin1") (param $from i32) (param $units i32) (result i32 i32)
    (local $block i32)
    (local.set $block (call $allocate (i32.const 0) (i32.const 0) (i32.const 2) (local.get $units)))
    (call $copy (local.get $block) (local.get $from) (local.get $units))
    (local.get $block)
    (local.get $units))

  ;; Doubles a block of $size bytes, and makes the $latin1 units that are in it UTF-16, the last one first.
  (func $widen (export "widen latin1") (param $block i32) (param $size i32) (param $latin1 i32) (result i32)
    (local.set $block
      (call $allocate (local.get $block) (local.get $size) (i32.const 2) (i32.shl (local.get $size) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $latin1)))
        (local.set $latin1 (i32.sub (local.get $latin1) (i32.const 1)))
        (i32.store16 $to
          (i32.add (local.get $block) (i32.shl (local.get $latin1) (i32.const 1)))
          (i32.load8_u $to (i32.add (local.get $block) (local.get $latin1))))
        (br $next)))
    (local.get $block))
)
