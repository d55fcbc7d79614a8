;; A thing's representation is its value. The destructor notes it.
(module
  (import "test:relays/host" "note" (func $note (param i32)))
  (import "[export]test:relays/things" "[resource-new]thing" (func $new (param i32) (result i32)))
  (import "[export]test:relays/things" "[resource-rep]thing" (func $representation (param i32) (result i32)))
  (import "[export]test:relays/things" "[resource-drop]thing" (func $drop (param i32)))
  (func (export "test:relays/things#[constructor]thing") (param i32) (result i32) (call $new (local.get 0)))
  (func (export "test:relays/things#[method]thing.value") (param i32) (result i32) (local.get 0))
  (func (export "test:relays/things#[dtor]thing") (param i32) (call $note (local.get 0)))
  (func (export "test:relays/things#take") (param i32) (result i32)
    (call $representation (local.get 0))
    (call $drop (local.get 0))))
