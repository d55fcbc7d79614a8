(module
  (type $string (array (mut i8)))
  (func (export "[abi=gc]test:link/api#same") (param (ref $string)) (result (ref $string)) (local.get 0))
  (@custom "onramp:abi" "gc 1"))
