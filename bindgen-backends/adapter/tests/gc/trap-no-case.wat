;; G2: an object that is the base, or another struct below it.
;; types: variant shape { dot, circle(u32) }
;; f: func(x: shape) -> option<shape>
(module
  (rec
    (type $shape (sub (struct)))
    (type $dot (sub final $shape (struct)))
    (type $circle (sub final $shape (struct (field i32)))))
  (type $other (sub final $shape (struct (field i32))))
  (rec (type $o (sub (struct))) (type $none (sub final $o (struct))) (type $some (sub final $o (struct (field (ref $shape))))))
  (type $f (func (param (ref $shape)) (result (ref $o))))
  (import "guest" "f" (func $f (param (ref $shape)) (result (ref $o))))
  (func (export "run base") (drop (call $f (struct.new $shape))))
  (func (export "run other") (drop (call $f (struct.new $other (i32.const 1)))))
  (func (export "f") (type $f) (struct.new $some (struct.new $shape)))
)
