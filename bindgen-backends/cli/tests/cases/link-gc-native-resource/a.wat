(module
  (import "[abi=gc]test:link/host" "make" (func (result externref)))
  (import "[abi=gc]test:link/host" "[resource-drop]thing" (func (param externref)))
  (@custom "onramp:abi" "gc 1"))
