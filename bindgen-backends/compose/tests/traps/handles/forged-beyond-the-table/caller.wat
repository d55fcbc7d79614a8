;; An index whose place in the table, in bytes, wraps to that of a handle which the caller has.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $value (i32.add (call $new (i32.const 10)) (i32.const 0x1000_0000))))))
