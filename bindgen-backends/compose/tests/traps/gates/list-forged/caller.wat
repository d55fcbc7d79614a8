;; The second of a list is an index that the caller was not given.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "sum" (func $sum (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (i32.store (i32.const 8) (call $new (i32.const 10)))
    (i32.store (i32.const 12) (i32.const 77))
    (drop (call $sum (i32.const 8) (i32.const 2)))))
