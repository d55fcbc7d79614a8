;; Ranges of strings that are encoded alike on both sides. $from is where the string starts and $units how many code units it has: it
;; is in bounds, as is the destination. A range may cut a code point: what it touches of one is checked with the rest of it.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "read utf8" (func $read-utf8 (param i32 i32) (result i32 i32)))
  (import "routine" "read utf16" (func $read-utf16 (param i32 i32) (result i32 i32)))
  (import "routine" "copy utf8" (func $copy-utf8 (param i32 i32 i32)))
  (import "routine" "copy utf16" (func $copy-utf16 (param i32 i32 i32)))
  (import "routine" "copy" (func $copy (param i32 i32 i32)))

  (func (export "range utf8 as utf8")
    (param $from i32) (param $units i32) (param $start i32) (param $count i32) (param $to i32)
    (local $at i32) (local $end i32) (local $last i32) (local $char i32) (local $next i32)
    (local.set $last (i32.add (local.get $from) (local.get $units)))
    (local.set $at (i32.add (local.get $from) (local.get $start)))
    (local.set $end (i32.add (local.get $at) (local.get $count)))
    ;; It starts within a code point: that is checked, and what is wanted of it copied.
    (if (i32.ne (local.get $at) (local.get $from))
      (then
        (local.set $char (call $start-of-utf8 (local.get $from) (local.get $at)))
        (if (i32.ne (local.get $char) (local.get $at))
          (then
            (call $read-utf8 (local.get $char) (local.get $last))
            (local.set $char)
            (drop)
            ;; A stray continuation byte behind a whole code point is none of it.
            (if (i32.le_u (local.get $char) (local.get $at))
              (then (call $read-utf8 (local.get $at) (local.get $last)) (drop) (drop) (return)))
            (local.set $char
              (select (local.get $end) (local.get $char) (i32.gt_u (local.get $char) (local.get $end))))
            (call $copy (local.get $to) (local.get $at) (i32.sub (local.get $char) (local.get $at)))
            (local.set $to (i32.add (local.get $to) (i32.sub (local.get $char) (local.get $at))))
            (local.set $at (local.get $char))))))
    (if (i32.eq (local.get $at) (local.get $end)) (then (return)))
    ;; It ends within one: the same.
    (local.set $char (local.get $end))
    (if (i32.ne (local.get $end) (local.get $last))
      (then
        (local.set $char (call $start-of-utf8 (local.get $at) (local.get $end)))
        (if (i32.ne (local.get $char) (local.get $end))
          (then
            (call $read-utf8 (local.get $char) (local.get $last))
            (local.set $next)
            (drop)
            ;; What follows a whole code point here is a stray continuation byte.
            (if (i32.le_u (local.get $next) (local.get $end))
              (then (call $read-utf8 (local.get $next) (local.get $last)) (drop) (drop)))))))
    (call $copy-utf8 (local.get $to) (local.get $at) (i32.sub (local.get $char) (local.get $at)))
    (if (i32.eq (local.get $char) (local.get $end)) (then (return)))
    (call $copy
      (i32.add (local.get $to) (i32.sub (local.get $char) (local.get $at)))
      (local.get $char)
      (i32.sub (local.get $end) (local.get $char))))

  ;; Where the code point starts that the byte at $at is of, not before $from.
  (func $start-of-utf8 (export "start of utf8") (param $from i32) (param $at i32) (result i32)
    (local $back i32)
    (loop $next
      (if (i32.ne (i32.and (i32.load8_u $from (local.get $at)) (i32.const 0xc0)) (i32.const 0x80))
        (then (return (local.get $at))))
      (if (i32.eq (local.get $at) (local.get $from)) (then (return (local.get $at))))
      (if (i32.eq (local.get $back) (i32.const 3)) (then (return (local.get $at))))
      (local.set $back (i32.add (local.get $back) (i32.const 1)))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (br $next))
    (unreachable))

  (func (export "range utf16 as utf16")
    (param $from i32) (param $units i32) (param $start i32) (param $count i32) (param $to i32)
    (local $at i32) (local $end i32) (local $last i32)
    (local.set $last (i32.add (local.get $from) (i32.shl (local.get $units) (i32.const 1))))
    (local.set $at (i32.add (local.get $from) (i32.shl (local.get $start) (i32.const 1))))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $count) (i32.const 1))))
    ;; It starts with the second surrogate of a pair.
    (if (i32.and (i32.ne (local.get $start) (i32.const 0)) (call $is-second (local.get $at)))
      (then
        ;; Behind anything but a first one it stands alone, which is an error to read.
        (if (i32.ne
              (i32.and (i32.load16_u $from (i32.sub (local.get $at) (i32.const 2))) (i32.const 0xfc00))
              (i32.const 0xd800))
          (then (call $read-utf16 (local.get $at) (local.get $last)) (drop) (drop)))
        (call $copy (local.get $to) (local.get $at) (i32.const 2))
        (local.set $to (i32.add (local.get $to) (i32.const 2)))
        (local.set $at (i32.add (local.get $at) (i32.const 2)))))
    (if (i32.eq (local.get $at) (local.get $end)) (then (return)))
    ;; It ends with the first.
    (if (i32.ne (local.get $end) (local.get $last))
      (then
        (if (call $is-second (local.get $end))
          (then
            (call $read-utf16 (i32.sub (local.get $end) (i32.const 2)) (local.get $last))
            (drop)
            (drop)
            (call $copy
              (i32.add (local.get $to) (i32.sub (i32.sub (local.get $end) (i32.const 2)) (local.get $at)))
              (i32.sub (local.get $end) (i32.const 2))
              (i32.const 2))
            (local.set $end (i32.sub (local.get $end) (i32.const 2)))))))
    (call $copy-utf16 (local.get $to) (local.get $at) (local.get $end)))

  (func $is-second (export "second surrogate") (param $at i32) (result i32)
    (i32.eq (i32.and (i32.load16_u $from (local.get $at)) (i32.const 0xfc00)) (i32.const 0xdc00)))

  (func (export "range latin1 as latin1")
    (param $from i32) (param $units i32) (param $start i32) (param $count i32) (param $to i32)
    (call $copy (local.get $to) (i32.add (local.get $from) (local.get $start)) (local.get $count)))
)
