(module
  (func (export "[abi=multivalue]test:link/api#add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "m0") (result i32) (i32.const 7))
  (@custom "onramp:abi" "multivalue 1\n"))
