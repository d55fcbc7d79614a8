;; The third guest holds a thing and tells its index, which means nothing in the caller's table.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "hold" (func $hold (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $value (call $hold (call $new (i32.const 10)))))))
