;; G8: a case is in another recursion group.
;; types: variant shape { dot, circle(u32) }
;; f: func(x: list<shape>)
(module
  (rec (type $shape (sub (struct))) (type $dot (sub final $shape (struct))))
  (type $circle (sub final $shape (struct (field i32))))
  (type $list (array (mut (ref null $shape))))
  (func (export "f") (param (ref $list))))
