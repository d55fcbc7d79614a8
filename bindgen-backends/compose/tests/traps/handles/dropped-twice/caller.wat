;; The second drop is of nothing.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "[resource-drop]thing" (func $drop (param i32)))
  (func (export "test:handles/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $drop (local.get $it))
    (call $drop (local.get $it))))
