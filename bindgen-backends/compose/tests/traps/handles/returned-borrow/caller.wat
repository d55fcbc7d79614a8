;; The third guest returns its borrow as if it owned the thing.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "return-borrow" (func $return-borrow (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $return-borrow (call $new (i32.const 10))))))
