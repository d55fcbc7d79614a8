;; The log of a gate: the handles that it changes in the guest's memory before a call.
;;
;; It begins with how many bytes of entries there are and how many are checked; from 16 on, an entry is an address, the guest's
;; index, the host's index, and of what kind the handle is. One log serves all gates: the entries of a call are above its base, those
;; of the calls around it below.
(module
  (import "sender" "memory" (memory $guest 0))
  (import "receiver" "memory" (memory $log 0))
  (import "trap" "no memory for handles" (func $no-room (param i32)))
  (import "trap" "handles overlap other values in memory" (func $overlap (param i32)))

  ;; The base of a call.
  (func (export "begin log") (result i32)
    (i32.store $log (i32.const 4) (i32.load $log (i32.const 0)))
    (i32.load $log (i32.const 0)))

  (func (export "end log") (param $base i32)
    (i32.store $log (i32.const 0) (local.get $base)))

  (func (export "log handle") (param $address i32) (param $index i32) (param $real i32) (param $kind i32)
    (local $top i32)
    (local.set $top (i32.load $log (i32.const 0)))
    (if (i32.gt_u (i32.add (local.get $top) (i32.const 32)) (i32.shl (memory.size $log) (i32.const 16)))
      (then
        (if (i32.eq (memory.grow $log (i32.const 1)) (i32.const -1)) (then (call $no-room (i32.const 0))))))
    (i32.store $log offset=16 (local.get $top) (local.get $address))
    (i32.store $log offset=20 (local.get $top) (local.get $index))
    (i32.store $log offset=24 (local.get $top) (local.get $real))
    (i32.store $log offset=28 (local.get $top) (local.get $kind))
    (i32.store $log (i32.const 0) (i32.add (local.get $top) (i32.const 16))))

  (func (export "write handles") (param $base i32)
    (local $entry i32)
    (local.set $entry (local.get $base))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $entry) (i32.load $log (i32.const 0))))
        (i32.store $guest (i32.load $log offset=16 (local.get $entry)) (i32.load $log offset=24 (local.get $entry)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
        (br $next))))

  ;; What the host will read next must be what was logged next: a guest can lay values out so that a translated handle is also a
  ;; pointer, a length or a discriminant, and what the host then reads as handles was never translated.
  (func (export "check handle") (param $address i32) (param $real i32) (param $kind i32)
    (local $next i32)
    (local.set $next (i32.load $log (i32.const 4)))
    (if (i32.ge_u (local.get $next) (i32.load $log (i32.const 0))) (then (call $overlap (i32.const 0))))
    (if (i32.ne (local.get $address) (i32.load $log offset=16 (local.get $next))) (then (call $overlap (i32.const 0))))
    (if (i32.ne (local.get $real) (i32.load $log offset=24 (local.get $next))) (then (call $overlap (i32.const 0))))
    (if (i32.ne (local.get $kind) (i32.load $log offset=28 (local.get $next))) (then (call $overlap (i32.const 0))))
    (i32.store $log (i32.const 4) (i32.add (local.get $next) (i32.const 16))))

  (func (export "end check")
    (if (i32.ne (i32.load $log (i32.const 0)) (i32.load $log (i32.const 4))) (then (call $overlap (i32.const 0)))))

  ;; Gives the guest its indices back, except in this block: results are there.
  (func (export "restore handles") (param $base i32) (param $block i32) (param $size i32)
    (local $entry i32) (local $address i32)
    (local.set $entry (i32.load $log (i32.const 0)))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $entry) (local.get $base)))
        (local.set $entry (i32.sub (local.get $entry) (i32.const 16)))
        (local.set $address (i32.load $log offset=16 (local.get $entry)))
        (if (i32.ge_u (i32.sub (local.get $address) (local.get $block)) (local.get $size))
          (then (i32.store $guest (local.get $address) (i32.load $log offset=20 (local.get $entry)))))
        (br $next))))
)
