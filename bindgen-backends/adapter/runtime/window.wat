;; A template: strings in SENDER for a receiver that wants RECEIVER, whose code units have RECEIVER_BITS bits. The string starts at $from and
;; ends at $end, which are in bounds.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "routine" "read SENDER" (func $read (param i32 i32) (result i32 i32)))
  (import "routine" "units of RECEIVER" (func $units (param i32) (result i32 i32)))
  (import "trap" "the value has changed" (func $changed (param i32)))

  ;; How many code units it becomes.
  (func (export "measure SENDER as RECEIVER") (param $from i32) (param $end i32) (result i32)
    (local $char i32) (local $count i32) (local $all i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $from) (local.get $end)))
        (call $read (local.get $from) (local.get $end))
        (local.set $from)
        (local.set $char)
        (call $units (local.get $char))
        (local.set $count)
        (drop)
        (local.set $all (i32.add (local.get $all) (local.get $count)))
        (br $next)))
    (local.get $all))

  ;; Writes $count of them to $to, after $start.
  (func (export "range SENDER as RECEIVER")
    (param $from i32) (param $end i32) (param $start i32) (param $count i32) (param $to i32)
    (local $char i32) (local $more i32) (local $units i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (if (i32.eq (local.get $from) (local.get $end)) (then (call $changed (i32.const 0))))
        (call $read (local.get $from) (local.get $end))
        (local.set $from)
        (local.set $char)
        (call $units (local.get $char))
        (local.set $more)
        (local.set $units)
        (loop $unit
          (if (local.get $start)
            (then (local.set $start (i32.sub (local.get $start) (i32.const 1))))
            (else
              (if (local.get $count)
                (then
                  (i32.storeRECEIVER_BITS $to (local.get $to) (local.get $units))
                  (local.set $to (i32.add (local.get $to) (i32.const RECEIVER_BYTES)))
                  (local.set $count (i32.sub (local.get $count) (i32.const 1)))))))
          (local.set $units (i32.shr_u (local.get $units) (i32.const RECEIVER_BITS)))
          (local.set $more (i32.sub (local.get $more) (i32.const 1)))
          (br_if $unit (local.get $more)))
        (br $next))))
)
