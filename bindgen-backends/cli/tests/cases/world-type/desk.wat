(module
  (import "[export]test:tickets/desk" "[resource-new]ticket" (func $new (param i32) (result i32)))
  (func (export "test:tickets/desk#[constructor]ticket") (param i32) (result i32) (call $new (local.get 0)))
  (func (export "test:tickets/desk#[method]ticket.number") (param i32) (result i32) (local.get 0))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable)))
