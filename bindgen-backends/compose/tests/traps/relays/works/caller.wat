;; Handles of the agent's things, behind which are the callee's.
(module
  (import "test:relays/host" "note" (func $note (param i32)))
  (import "test:relays/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:relays/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (import "test:relays/things" "[resource-drop]thing" (func $drop (param i32)))
  (import "test:relays/things" "take" (func $take (param i32) (result i32)))
  (func (export "test:relays/entry#run") (local $thing i32)
    (local.set $thing (call $new (i32.const 5)))
    (call $note (call $value (local.get $thing)))
    (call $note (i32.add (call $take (call $new (i32.const 7))) (i32.const 1000)))
    (call $drop (local.get $thing))))
