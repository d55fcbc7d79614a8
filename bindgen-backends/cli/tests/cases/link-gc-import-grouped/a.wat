(module
  (type $string (array (mut i8)))
  (rec (type $number (func (result i32))) (type (func)))
  (import "[abi=gc]test:link/host" "name" (func (result (ref $string))))
  (import "test:link/host" "number" (func (type $number)))
  (@custom "onramp:abi" "gc 1"))
