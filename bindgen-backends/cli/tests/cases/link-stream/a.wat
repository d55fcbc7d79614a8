(module
  (memory (export "memory") 1)
  (func (export "[abi=multivalue]test:link/api#read") (result i32) (i32.const 8))
  (@custom "onramp:abi" "multivalue 1\n"))
