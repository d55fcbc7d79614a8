;; The caller's handle is of the callee's own resource, but not in the callee's table.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "representation-at" (func $representation-at (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $representation-at (call $new (i32.const 10))))))
