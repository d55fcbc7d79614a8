;; A handle cannot be lent and given away in one call.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "both" (func $both (param i32 i32)))
  (func (export "test:handles/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $both (local.get $it) (local.get $it))))
