;; G8: the cases in another order.
;; types: variant shape { dot, circle(u32) }
;; f: func(x: shape)
(module
  (rec (type $shape (sub (struct))) (type $circle (sub final $shape (struct (field i32)))) (type $dot (sub final $shape (struct))))
  (func (export "f") (param (ref $shape))))
