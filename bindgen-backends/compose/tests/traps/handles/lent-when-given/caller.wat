;; A handle that the same call gives away cannot be lent.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "both-reversed" (func $both-reversed (param i32 i32)))
  (func (export "test:handles/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $both-reversed (local.get $it) (local.get $it))))
