;; An own handle is gone once it is given away.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "take" (func $take (param i32)))
  (func (export "test:handles/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $take (local.get $it))
    (call $take (local.get $it))))
