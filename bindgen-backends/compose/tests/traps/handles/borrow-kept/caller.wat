;; The third guest returns without having dropped its borrow.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "keep" (func $keep (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $keep (call $new (i32.const 10))))))
