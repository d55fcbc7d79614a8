;; The third guest gives a borrow to the callee, which wants to own it.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "steal" (func $steal (param i32)))
  (func (export "test:handles/entry#run")
    (call $steal (call $new (i32.const 10)))))
