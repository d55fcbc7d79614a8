;; Two lists are the same block of memory. The callee's ticket comes first, so that the engine's index is another.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "note" (func $note (param i32)))
  (import "test:gates/host" "sums" (func $sums (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (drop (call $hold (i32.const 1000)))
    (i32.store (i32.const 8) (call $new (i32.const 5)))
    (i64.store (i32.const 32) (i64.const 0x1_0000_0008))
    (i64.store (i32.const 40) (i64.const 0x1_0000_0008))
    (call $note (call $sums (i32.const 32) (i32.const 2)))))
