(module
  (import "[abi=multivalue]test:link/host" "wait" (func (param i32)))
  (@custom "onramp:abi" "multivalue 1\n"))
