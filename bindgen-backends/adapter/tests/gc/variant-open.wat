;; Cases that are not final, one with a subtype; a base that is not the first of its group.
;; types: variant shape { dot, circle(u32) }
;; f: func(x: shape, y: list<shape>) -> shape
(module
  (rec
    (type $before (struct (field (ref null $shape))))
    (type $shape (sub (struct)))
    (type $dot (sub $shape (struct)))
    (type $circle (sub $shape (struct (field i32))))
    (type $behind (sub $circle (struct (field i32) (field i64)))))
  (type $shapes (array (mut (ref null $shape))))
  (type $f (func (param (ref $shape) (ref $shapes)) (result (ref $shape))))
  (import "guest" "f" (func $f (type $f)))
  (func $some (result (ref $shapes)) (array.new_fixed $shapes 2 (struct.new $dot) (struct.new $circle (i32.const 2))))
  (func (export "run dot") (drop (call $f (struct.new $dot) (call $some))))
  (func (export "run circle") (drop (call $f (call $f (struct.new $circle (i32.const 1)) (call $some)) (call $some))))
  (func (export "run behind") (drop (call $f (struct.new $behind (i32.const 1) (i64.const 2)) (call $some))))
  (func (export "f") (type $f) (local.get 0))
)
