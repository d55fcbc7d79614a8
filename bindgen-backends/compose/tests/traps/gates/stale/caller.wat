;; The caller uses a ticket that it has dropped.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:gates/host" "[resource-drop]ticket" (func $drop-ticket (param i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $drop-ticket (local.get $it))
    (drop (call $number (local.get $it)))))
