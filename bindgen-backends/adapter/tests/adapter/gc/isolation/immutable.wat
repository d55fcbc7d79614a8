;; Nothing of it can be written to.
;; types: record point { x: u8 } variant shape { dot, at(point) }
;; f: func(x: shape) -> shape
(module
  (type $point (struct (field i8)))
  (rec (type $shape (sub (struct))) (type $dot (sub final $shape (struct))) (type $at (sub final $shape (struct (field (ref $point))))))
  (type $f (func (param (ref $shape)) (result (ref $shape))))
  (import "guest" "f" (func $f (type $f)))
  (func (export "f") (type $f) (local.get 0))
  (func (export "same") (result i32)
    (local $shape (ref $shape))
    (local.set $shape (struct.new $at (struct.new $point (i32.const 1))))
    (ref.eq (local.get $shape) (call $f (local.get $shape)))))
