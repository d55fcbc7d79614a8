(module
  (import "test:visits/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:visits/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:visits/host" "[resource-drop]ticket" (func $drop (param i32)))
  (func (export "test:visits/desk#hold") (param i32) (result i32) (call $new (local.get 0)))
  (func (export "test:visits/desk#look") (param i32) (result i32)
    (call $number (local.get 0))
    (call $drop (local.get 0))))
