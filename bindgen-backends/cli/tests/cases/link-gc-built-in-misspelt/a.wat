(module
  (import "[abi=gc]test:link/host" "[resource-drop]think" (func (param externref)))
  (@custom "onramp:abi" "gc 1"))
