;; abi: lazy
;; A million results come back through the guest in between, and are read. What is not freed would fill a table; what is freed twice traps.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:chains/near" "give" (func $give (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (local $n i32)
    (call $note (memory.size))
    (loop $next
      (call $give (i32.const 64))
      (call $lower (i32.load (i32.const 64)) (i32.const 8) (i32.const 1) (i32.const 256))
      (if (i32.ne (i32.load8_u (i32.const 256)) (i32.const 114)) (then (unreachable)))
      (if (i32.gt_u (i32.load (i32.const 64)) (i32.const 16)) (then (unreachable)))
      (call $drop (i32.load (i32.const 64)))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 1_000_000))))
    (call $note (local.get $n))
    (call $note (memory.size))))
