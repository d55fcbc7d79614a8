;; A list of one ticket lies where the pointer to it is: translated, the pointer would lead to a ticket that the callee has, whose
;; index in the engine's table the caller guesses. As the component model has it the call is fine, so the caller traps in the end.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "nested" (func $nested (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (local $i i32)
    (loop $next
      (drop (call $hold (i32.const 99)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
    (loop $next
      (drop (call $new (i32.const 5)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 12))))
    (i32.store (i32.const 4) (i32.const 1))
    (i32.store (i32.const 8) (i32.const 8))
    (i32.store (i32.const 12) (i32.const 1))
    (drop (call $nested (i32.const 4) (i32.const 1)))
    (unreachable)))
