(module
  (type $string (array i8))
  (type $person (struct (field (ref $string)) (field i32)))
  (type $people (array (mut (ref null $person))))
  (func (export "[abi=gc]test:link/api#greet") (param (ref $people)))
  (@custom "onramp:abi" "gc 1"))
