(module
  (import "[abi=multivalue]test:link/host" "name" (func (result i32 i32)))
  (memory (export "memory") 1)
  (memory 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable))
  (@custom "onramp:abi" "multivalue 1"))
