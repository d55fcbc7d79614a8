(module
  (import "[abi=multivalue]test:link/host" "split" (func (param i32) (result i32 i32)))
  (memory (export "memory") 1)
  (func (export "[abi=multivalue]test:link/api#both") (param i32) (result i32 i32) (local.get 0) (local.get 0))
  (func (export "test:link/api#nmae") (result i32) (i32.const 8))
  (@custom "onramp:abi" "multivalue 1\n"))
