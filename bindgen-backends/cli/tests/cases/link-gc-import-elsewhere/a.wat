(module
  (type $string (array (mut i8)))
  (rec (type $number (func (result i32))) (type (func)))
  (import "[abi=gc]test:link/host" "name" (func (result (ref $string))))
  (import "runtime" "text" (func (param (ref $string))))
  (@custom "onramp:abi" "gc 1"))
