;; Code points one by one: as the code units that they become, the first in the lowest bits, and how many these are.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "trap" "the value has changed" (func $changed (param i32)))

  (func (export "read latin1") (param $at i32) (param $end i32) (result i32 i32)
    (i32.load8_u $from (local.get $at))
    (i32.add (local.get $at) (i32.const 1)))

  ;; Measured as Latin-1, it was.
  (func (export "units of latin1") (param $char i32) (result i32 i32)
    (if (i32.gt_u (local.get $char) (i32.const 0xff)) (then (call $changed (i32.const 0))))
    (local.get $char)
    (i32.const 1))

  (func (export "units of utf16") (param $char i32) (result i32 i32)
    (if (i32.lt_u (local.get $char) (i32.const 0x10000)) (then (return (local.get $char) (i32.const 1))))
    (local.set $char (i32.sub (local.get $char) (i32.const 0x10000)))
    (i32.or
      (i32.or (i32.const 0xd800) (i32.shr_u (local.get $char) (i32.const 10)))
      (i32.shl (i32.or (i32.const 0xdc00) (i32.and (local.get $char) (i32.const 0x3ff))) (i32.const 16)))
    (i32.const 2))

  (func $six (export "utf8 six bits") (param $char i32) (param $right i32) (param $left i32) (result i32)
    (i32.shl
      (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $char) (local.get $right)) (i32.const 0x3f)))
      (local.get $left)))

  (func (export "units of utf8") (param $char i32) (result i32 i32)
    (if (i32.lt_u (local.get $char) (i32.const 0x80)) (then (return (local.get $char) (i32.const 1))))
    (if (i32.lt_u (local.get $char) (i32.const 0x800))
      (then
        (return
          (i32.or
            (i32.or (i32.const 0xc0) (i32.shr_u (local.get $char) (i32.const 6)))
            (call $six (local.get $char) (i32.const 0) (i32.const 8)))
          (i32.const 2))))
    (if (i32.lt_u (local.get $char) (i32.const 0x10000))
      (then
        (return
          (i32.or
            (i32.or
              (i32.or (i32.const 0xe0) (i32.shr_u (local.get $char) (i32.const 12)))
              (call $six (local.get $char) (i32.const 6) (i32.const 8)))
            (call $six (local.get $char) (i32.const 0) (i32.const 16)))
          (i32.const 3))))
    (i32.or
      (i32.or
        (i32.or (i32.const 0xf0) (i32.shr_u (local.get $char) (i32.const 18)))
        (call $six (local.get $char) (i32.const 12) (i32.const 8)))
      (i32.or
        (call $six (local.get $char) (i32.const 6) (i32.const 16))
        (call $six (local.get $char) (i32.const 0) (i32.const 24))))
    (i32.const 4))
)
