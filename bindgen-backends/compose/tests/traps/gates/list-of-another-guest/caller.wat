;; The callee's index, in a list.
(module
  (import "test:gates/host" "sum" (func $sum (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (i32.store (i32.const 8) (call $hold (i32.const 10)))
    (drop (call $sum (i32.const 8) (i32.const 1)))))
