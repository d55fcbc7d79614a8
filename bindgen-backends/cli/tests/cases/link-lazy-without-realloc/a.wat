(module
  (import "[abi=lazy]test:link/host" "name" (func (param i32)))
  (import "test:link/host" "other-name" (func (param i32)))
  (memory (export "memory") 1)
  (@custom "onramp:abi" "lazy 1"))
