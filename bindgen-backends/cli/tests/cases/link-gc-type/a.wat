(module
  (type $point (struct (field i32) (field f32)))
  (func (export "[abi=gc]test:link/api#x") (param (ref $point)) (result i32) (struct.get $point 0 (local.get 0)))
  (@custom "onramp:abi" "gc 1"))
