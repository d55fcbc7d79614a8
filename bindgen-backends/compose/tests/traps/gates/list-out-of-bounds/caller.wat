;; The gate reads nothing beyond the memory of the caller.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "sum" (func $sum (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (drop (call $new (i32.const 10)))
    (drop (call $sum (i32.const 0xfffc) (i32.const 2)))))
