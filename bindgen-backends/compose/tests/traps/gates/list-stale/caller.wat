;; A ticket that was dropped, in a list.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "[resource-drop]ticket" (func $drop-ticket (param i32)))
  (import "test:gates/host" "note" (func $note (param i32)))
  (import "test:gates/host" "sum" (func $sum (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (i32.store (i32.const 8) (call $new (i32.const 10)))
    (call $note (call $sum (i32.const 8) (i32.const 1)))
    (call $drop-ticket (i32.load (i32.const 8)))
    (drop (call $sum (i32.const 8) (i32.const 1)))))
