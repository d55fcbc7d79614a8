(module
  (import "[thunk=multivalue]test:link/host" "split" (func (param i32) (result i32)))
  (func (export "[abi=cm1]test:link/api#add") (param i32 i32) (result i32) (i32.const 0))
  (@custom "onramp:abi" "cm1 1\n"))
