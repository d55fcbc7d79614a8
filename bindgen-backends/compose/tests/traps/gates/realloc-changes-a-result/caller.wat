;; While the host gives the caller a ticket and a string, the caller's realloc puts another index over the ticket's: that of the callee's
;; in the engine's table. As the component model has it the caller only harms itself, so it traps in the end.
(module
  (import "test:gates/host" "named" (func $named (param i32 i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (i32.store (i32.const 64) (i32.const 1))
    (i32.const 1024))
  (func (export "test:gates/entry#run")
    (drop (call $hold (i32.const 10)))
    (call $named (i32.const 20) (i32.const 64))
    (unreachable)))
