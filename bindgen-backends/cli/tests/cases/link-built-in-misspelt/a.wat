(module
  (import "[abi=lazy]test:link/host" "name" (func (param i32)))
  (import "[lazy]" "lower_all" (func (param i32 i32)))
  (memory (export "memory") 1)
  (@custom "onramp:abi" "lazy 1"))
