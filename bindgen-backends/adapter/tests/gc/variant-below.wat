;; The type of one case is a subtype of another's, which comes before it: an object is of that which is further down.
;; types: variant shape { circle(u32), ball(u32), dot, point }
;; f: func(x: shape) -> shape
(module
  (rec
    (type $shape (sub (struct)))
    (type $circle (sub $shape (struct (field i32))))
    (type $ball (sub final $circle (struct (field i32))))
    (type $dot (sub $shape (struct)))
    (type $point (sub final $dot (struct))))
  (type $f (func (param (ref $shape)) (result (ref $shape))))
  (import "guest" "f" (func $f (type $f)))
  (func (export "run circle") (drop (call $f (struct.new $circle (i32.const 1)))))
  (func (export "run ball") (drop (call $f (call $f (struct.new $ball (i32.const 2))))))
  (func (export "run dot") (drop (call $f (struct.new $dot))))
  (func (export "run point") (drop (call $f (call $f (struct.new $point)))))
  (func (export "f") (type $f) (local.get 0))
)
