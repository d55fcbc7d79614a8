(module
  (type $string (array (mut i8)))
  (type $entry (struct (field (ref $string)) (field i32)))
  (type $map (array (mut (ref null $entry))))
  (type $maps (array (mut (ref null $map))))
  (func (export "[abi=gc]test:link/api#count") (param (ref $maps)) (result i32) (array.len (local.get 0)))
  (@custom "onramp:abi" "gc 1"))
