;; A borrow where another case has an u64.
(module
  (import "test:gates/host" "note" (func $note (param i32)))
  (import "test:gates/host" "choose" (func $choose (param i32 i64 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (call $note (call $choose (i32.const 1) (i64.const 77) (i32.const 0)))
    (drop (call $choose (i32.const 2) (i64.const 77) (i32.const 0)))))
