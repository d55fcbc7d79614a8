;; abi: lazy
;; A million calls through the guest in between: there and back.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:chains/near" "ignore" (func $ignore (param i32 i32)))
  (import "[abi=lazy]test:chains/near" "sum" (func $sum (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (local $n i32)
    (call $note (memory.size))
    (loop $next
      (call $ignore (i32.const 16) (i32.const 4))
      (if (i32.ne (call $sum (i32.const 16) (i32.const 4)) (i32.const 453)) (then (unreachable)))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 500_000))))
    (call $note (memory.size))))
