;; G8: a case is no subtype of the base.
;; types: variant shape { dot, circle(u32) }
;; f: func(x: shape)
(module
  (rec (type $shape (sub (struct))) (type $dot (sub final $shape (struct))) (type $circle (struct (field i32))))
  (func (export "f") (param (ref $shape))))
