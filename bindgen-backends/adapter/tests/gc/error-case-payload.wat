;; G7: the payload of a case in a result.
;; types: variant shape { dot, circle(u32) }
;; f: func() -> result<shape>
(module
  (rec (type $shape (sub (struct))) (type $dot (sub final $shape (struct))) (type $circle (sub final $shape (struct (field i64)))))
  (rec (type $r (sub (struct))) (type $ok (sub final $r (struct (field (ref $shape))))) (type $err (sub final $r (struct))))
  (func (export "f") (result (ref $r)) unreachable))
