;; Single code points in UTF-8 and UTF-16. $end is the end of the string, $at < $end.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "trap" "invalid UTF-8 in string" (func $invalid-utf8 (param i32)))
  (import "trap" "invalid UTF-16 in string" (func $invalid-utf16 (param i32)))

  ;; The six bits of a continuation byte.
  (func $continuation (export "utf8 continuation") (param $at i32) (param $end i32) (result i32)
    (local $byte i32)
    (if (i32.eq (local.get $at) (local.get $end)) (then (call $invalid-utf8 (i32.const 0))))
    (local.set $byte (i32.load8_u $from (local.get $at)))
    (if (i32.ne (i32.and (local.get $byte) (i32.const 0xc0)) (i32.const 0x80))
      (then (call $invalid-utf8 (i32.const 0))))
    (i32.and (local.get $byte) (i32.const 0x3f)))

  ;; Reads a code point: what it is, and where the next one starts.
  (func $read-utf8 (export "read utf8") (param $at i32) (param $end i32) (result i32 i32)
    (local $first i32)
    (local $rest i32)
    (local.set $first (i32.load8_u $from (local.get $at)))
    (if (i32.lt_u (local.get $first) (i32.const 0x80))
      (then (return (local.get $first) (i32.add (local.get $at) (i32.const 1)))))
    ;; 0x80..0xbf does not start a character; 0xc0 and 0xc1 start one that has a shorter form; 0xf5.. is above U+10FFFF.
    (if (i32.ge_u (i32.sub (local.get $first) (i32.const 0xc2)) (i32.const 0x33))
      (then (call $invalid-utf8 (i32.const 0))))
    (local.set $rest (call $continuation (i32.add (local.get $at) (i32.const 1)) (local.get $end)))
    (if (i32.lt_u (local.get $first) (i32.const 0xe0))
      (then
        (return
          (i32.or (i32.shl (i32.and (local.get $first) (i32.const 0x1f)) (i32.const 6)) (local.get $rest))
          (i32.add (local.get $at) (i32.const 2)))))
    (local.set $rest
      (i32.or
        (i32.shl (local.get $rest) (i32.const 6))
        (call $continuation (i32.add (local.get $at) (i32.const 2)) (local.get $end))))
    (if (i32.lt_u (local.get $first) (i32.const 0xf0))
      (then
        (local.set $rest
          (i32.or (i32.shl (i32.and (local.get $first) (i32.const 0x0f)) (i32.const 12)) (local.get $rest)))
        ;; Has a shorter form, or is a surrogate.
        (if (i32.or
              (i32.lt_u (local.get $rest) (i32.const 0x800))
              (i32.eq (i32.and (local.get $rest) (i32.const 0xf800)) (i32.const 0xd800)))
          (then (call $invalid-utf8 (i32.const 0))))
        (return (local.get $rest) (i32.add (local.get $at) (i32.const 3)))))
    (local.set $rest
      (i32.or
        (i32.shl (i32.and (local.get $first) (i32.const 0x07)) (i32.const 18))
        (i32.or
          (i32.shl (local.get $rest) (i32.const 6))
          (call $continuation (i32.add (local.get $at) (i32.const 3)) (local.get $end)))))
    ;; Has a shorter form, or is above U+10FFFF.
    (if (i32.ge_u (i32.sub (local.get $rest) (i32.const 0x10000)) (i32.const 0x100000))
      (then (call $invalid-utf8 (i32.const 0))))
    (return (local.get $rest) (i32.add (local.get $at) (i32.const 4))))

  ;; The same in UTF-16.
  (func $read-utf16 (export "read utf16") (param $at i32) (param $end i32) (result i32 i32)
    (local $first i32)
    (local $second i32)
    (local.set $first (i32.load16_u $from (local.get $at)))
    (if (i32.ne (i32.and (local.get $first) (i32.const 0xf800)) (i32.const 0xd800))
      (then (return (local.get $first) (i32.add (local.get $at) (i32.const 2)))))
    ;; A second surrogate comes first, or the string ends here.
    (if (i32.or
          (i32.ge_u (local.get $first) (i32.const 0xdc00))
          (i32.eq (i32.add (local.get $at) (i32.const 2)) (local.get $end)))
      (then (call $invalid-utf16 (i32.const 0))))
    (local.set $second (i32.load16_u $from offset=2 (local.get $at)))
    (if (i32.ne (i32.and (local.get $second) (i32.const 0xfc00)) (i32.const 0xdc00))
      (then (call $invalid-utf16 (i32.const 0))))
    (i32.add
      (i32.const 0x10000)
      (i32.or
        (i32.shl (i32.and (local.get $first) (i32.const 0x3ff)) (i32.const 10))
        (i32.and (local.get $second) (i32.const 0x3ff))))
    (i32.add (local.get $at) (i32.const 4)))

  ;; Writes a code point: where the next one goes.
  (func $write-utf8 (export "write utf8") (param $to i32) (param $char i32) (result i32)
    (if (i32.lt_u (local.get $char) (i32.const 0x80))
      (then
        (i32.store8 $to (local.get $to) (local.get $char))
        (return (i32.add (local.get $to) (i32.const 1)))))
    (if (i32.lt_u (local.get $char) (i32.const 0x800))
      (then
        (i32.store8 $to (local.get $to)
          (i32.or (i32.const 0xc0) (i32.shr_u (local.get $char) (i32.const 6))))
        (call $write-continuation (i32.add (local.get $to) (i32.const 1)) (local.get $char))
        (return (i32.add (local.get $to) (i32.const 2)))))
    (if (i32.lt_u (local.get $char) (i32.const 0x10000))
      (then
        (i32.store8 $to (local.get $to)
          (i32.or (i32.const 0xe0) (i32.shr_u (local.get $char) (i32.const 12))))
        (call $write-continuation (i32.add (local.get $to) (i32.const 1))
          (i32.shr_u (local.get $char) (i32.const 6)))
        (call $write-continuation (i32.add (local.get $to) (i32.const 2)) (local.get $char))
        (return (i32.add (local.get $to) (i32.const 3)))))
    (i32.store8 $to (local.get $to)
      (i32.or (i32.const 0xf0) (i32.shr_u (local.get $char) (i32.const 18))))
    (call $write-continuation (i32.add (local.get $to) (i32.const 1)) (i32.shr_u (local.get $char) (i32.const 12)))
    (call $write-continuation (i32.add (local.get $to) (i32.const 2)) (i32.shr_u (local.get $char) (i32.const 6)))
    (call $write-continuation (i32.add (local.get $to) (i32.const 3)) (local.get $char))
    (i32.add (local.get $to) (i32.const 4)))

  (func $write-continuation (export "write utf8 continuation") (param $to i32) (param $bits i32)
    (i32.store8 $to (local.get $to)
      (i32.or (i32.const 0x80) (i32.and (local.get $bits) (i32.const 0x3f)))))

  ;; The same in UTF-16.
  (func $write-utf16 (export "write utf16") (param $to i32) (param $char i32) (result i32)
    (if (i32.lt_u (local.get $char) (i32.const 0x10000))
      (then
        (i32.store16 $to (local.get $to) (local.get $char))
        (return (i32.add (local.get $to) (i32.const 2)))))
    (local.set $char (i32.sub (local.get $char) (i32.const 0x10000)))
    (i32.store16 $to (local.get $to)
      (i32.or (i32.const 0xd800) (i32.shr_u (local.get $char) (i32.const 10))))
    (i32.store16 $to offset=2 (local.get $to)
      (i32.or (i32.const 0xdc00) (i32.and (local.get $char) (i32.const 0x3ff))))
    (i32.add (local.get $to) (i32.const 4)))
)
