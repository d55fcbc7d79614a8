(module
  (type $string (shared (array (mut i8))))
  (func (export "[abi=gc]test:link/api#x") (param (ref $string)) (result i32) (i32.const 1))
  (@custom "onramp:abi" "gc 1"))
