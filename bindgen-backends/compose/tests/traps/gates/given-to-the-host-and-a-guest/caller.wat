;; The host has the ticket already.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "note" (func $note (param i32)))
  (import "test:gates/host" "take" (func $take (param i32) (result i32)))
  (import "test:gates/desk" "keep" (func $keep (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (local $it i32)
    (local.set $it (call $new (i32.const 10)))
    (call $note (call $take (local.get $it)))
    (drop (call $keep (local.get $it)))))
