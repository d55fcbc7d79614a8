;; types: variant shape { dot, circle(u32), named(string), small(u8), wide(f64), pair(tuple<u8, string>) }
;; f: func(x: shape) -> shape
(module
  (type $string (array (mut i8)))
  (type $tuple (struct (field i8) (field (ref $string))))
  (rec
    (type $shape (sub (struct)))
    (type $dot (sub final $shape (struct)))
    (type $circle (sub final $shape (struct (field i32))))
    (type $named (sub final $shape (struct (field (ref $string)))))
    (type $small (sub final $shape (struct (field i8))))
    (type $wide (sub final $shape (struct (field f64))))
    (type $pair (sub final $shape (struct (field (ref $tuple))))))
  (import "guest" "f" (func $f (param (ref $shape)) (result (ref $shape))))
  (func $text (result (ref $string)) (array.new $string (i32.const 0x61) (i32.const 2)))
  (func $twice (param (ref $shape)) (drop (call $f (call $f (local.get 0)))))
  (func (export "run dot") (call $twice (struct.new $dot)))
  (func (export "run circle") (call $twice (struct.new $circle (i32.const -1))))
  (func (export "run named") (call $twice (struct.new $named (call $text))))
  (func (export "run small") (call $twice (struct.new $small (i32.const 0x1ff))))
  (func (export "run wide") (call $twice (struct.new $wide (f64.const 2))))
  (func (export "run pair") (call $twice (struct.new $pair (struct.new $tuple (i32.const 3) (call $text)))))
  (func (export "f") (param (ref $shape)) (result (ref $shape)) (local.get 0))
)
