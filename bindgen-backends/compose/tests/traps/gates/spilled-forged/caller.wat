;; The parameters are in memory.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "spilled" (func $spilled (param i32 i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (i32.store (i32.const 256) (call $new (i32.const 10)))
    (i32.store (i32.const 260) (i32.const 77))
    (call $spilled (i32.const 256) (i32.const 512))))
