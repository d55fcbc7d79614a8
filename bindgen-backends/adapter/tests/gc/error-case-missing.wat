;; G8: a case has no type.
;; types: variant shape { dot, circle(u32) }
;; f: func(x: shape)
(module
  (rec (type $shape (sub (struct))) (type $dot (sub final $shape (struct))))
  (func (export "f") (param (ref $shape))))
