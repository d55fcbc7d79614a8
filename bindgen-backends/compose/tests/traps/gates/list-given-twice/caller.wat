;; The same ticket is twice in a list that is given away.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "collect" (func $collect (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (i32.store (i32.const 8) (call $new (i32.const 10)))
    (i32.store (i32.const 12) (i32.load (i32.const 8)))
    (drop (call $collect (i32.const 8) (i32.const 2)))))
