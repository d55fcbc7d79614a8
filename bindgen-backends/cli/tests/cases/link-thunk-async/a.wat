(module
  (import "[thunk=multivalue]test:link/host" "wait" (func (param i32) (result i32)))
  (@custom "onramp:abi" "multivalue 1\n"))
