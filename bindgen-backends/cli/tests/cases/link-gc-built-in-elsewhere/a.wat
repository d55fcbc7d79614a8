(module
  (import "[abi=gc]test:link/host" "[resource-rep]thing" (func (param externref) (result i32)))
  (@custom "onramp:abi" "gc 1"))
