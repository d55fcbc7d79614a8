(module
  (import "[abi=gc]test:link/host" "[constructor]thing" (func (result externref)))
  (import "test:link/host" "name" (func (param i32)))
  (@custom "onramp:abi" "gc 1"))
