;; A template: strings in SENDER, from $from to $end, which are in bounds.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "read SENDER" (func $read (param i32 i32) (result i32 i32)))

  ;; Whether all code points are in Latin-1. All are read, so that the text is checked.
  (func (export "SENDER fits latin1") (param $from i32) (param $end i32) (result i32)
    (local $char i32) (local $all i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $from) (local.get $end)))
        (call $read (local.get $from) (local.get $end))
        (local.set $from)
        (local.set $char)
        (local.set $all (i32.or (local.get $all) (local.get $char)))
        (br $next)))
    (i32.lt_u (local.get $all) (i32.const 0x100)))
)
