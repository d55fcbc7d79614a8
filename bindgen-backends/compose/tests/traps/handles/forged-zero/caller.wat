;; There is no handle 0, whatever the caller has.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $new (i32.const 10)))
    (drop (call $value (i32.const 0)))))
