(module
  (import "test:world-visits/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:world-visits/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:world-visits/host" "[resource-drop]ticket" (func $drop (param i32)))
  (func (export "test:world-visits/desk#hold") (param i32) (result i32) (call $new (local.get 0)))
  (func (export "test:world-visits/desk#look") (param i32) (result i32)
    (call $number (local.get 0))
    (call $drop (local.get 0))))
