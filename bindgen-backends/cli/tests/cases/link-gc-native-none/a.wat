(module
  (func (export "[abi=multivalue]test:link/api#f"))
  (@custom "onramp:abi" "multivalue 1"))
