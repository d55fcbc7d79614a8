(module
  (import "[abi=gc]test:link/host" "[resource-drop]thing" (func (param i32)))
  (@custom "onramp:abi" "gc 1"))
