(module
  (import "test:tickets/desk" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:tickets/desk" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:tickets/desk" "[resource-drop]ticket" (func $drop (param i32)))
  (func (export "run") (param i32) (result i32) (local $ticket i32)
    (call $number (local.tee $ticket (call $new (local.get 0))))
    (call $drop (local.get $ticket)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable)))
