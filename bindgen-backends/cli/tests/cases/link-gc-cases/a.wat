(module
  (rec
    (type $shape (sub (struct)))
    (type $dot (sub final $shape (struct)))
    (type $circle (sub final $shape (struct (field i64)))))
  (func (export "[abi=gc]test:link/api#area") (param (ref $shape)) (result i32) (i32.const 0))
  (@custom "onramp:abi" "gc 1"))
