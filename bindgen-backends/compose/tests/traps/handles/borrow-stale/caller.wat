;; The third guest uses a borrow of an earlier call.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "look" (func $look (param i32) (result i32)))
  (import "test:handles/middle" "value-at" (func $value-at (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $value-at (call $look (call $new (i32.const 10)))))))
