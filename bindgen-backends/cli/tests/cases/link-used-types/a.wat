;; An interface uses a resource of another one: the component needs all of the other's functions before it names its own.
(module
  (import "[export]test:link/store" "[resource-new]token" (func $new (param i32) (result i32)))
  (func (export "[abi=multivalue]test:link/store#[constructor]token") (param i32) (result i32) (call $new (local.get 0)))
  (func (export "[abi=multivalue]test:link/store#sell") (param i32) (result i32) (i32.const 1))
  (func (export "[abi=multivalue]test:link/shop#look") (param i32) (result i32) (local.get 0))
  (func (export "[abi=multivalue]test:link/shop#price") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable))
  (@custom "onramp:abi" "multivalue 1"))
