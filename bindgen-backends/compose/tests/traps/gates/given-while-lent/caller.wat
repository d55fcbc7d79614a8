;; A ticket is lent and given in one call: the engine counts the loan.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "both" (func $both (param i32 i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $both (local.get $it) (local.get $it))))
