;; A borrow goes through the third guest to the callee; the caller still owns the handle.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "forward" (func $forward (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (import "test:handles/things" "[resource-drop]thing" (func $drop (param i32)))
  (import "test:handles/host" "note" (func $note (param i32)))
  (func (export "test:handles/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $note (call $forward (local.get $it)))
    (call $note (call $forward (local.get $it)))
    (call $note (call $value (local.get $it)))
    (call $drop (local.get $it))))
