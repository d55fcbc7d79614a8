(module
  (import "[abi=multivalue]test:link/host" "spilt" (func (param i32) (result i32 i32)))
  (memory (export "memory") 1)
  (func (export "[abi=multivalue]test:link/api#both") (param i32) (result i32 i32) (local.get 0) (local.get 0))
  (func (export "[abi=multivalue]test:link/api#name") (result i32 i32) (i32.const 8) (i32.const 0))
  (@custom "onramp:abi" "multivalue 1\n"))
