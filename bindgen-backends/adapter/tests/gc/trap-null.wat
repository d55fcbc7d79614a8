;; G1: null where a value belongs, at each kind of place.
;; types: record point { x: u8, name: string }
;; types: variant shape { dot, at(point) }
;; types: resource a;
;; f: func(p: point, s: shape, l: list<string>, h: own<a>) -> point
(module
  (type $string (array (mut i8)))
  (type $point (struct (field i8) (field (ref null $string))))
  (rec (type $shape (sub (struct))) (type $dot (sub final $shape (struct))) (type $at (sub final $shape (struct (field (ref null $point))))))
  (type $strings (array (mut (ref null $string))))
  (type $f (func (param (ref null $point) (ref null $shape) (ref null $strings) externref) (result (ref null $point))))
  (import "guest" "f" (func $f (type $f)))
  (func $text (result (ref $string)) (array.new_fixed $string 0))
  (func $point (result (ref $point)) (struct.new $point (i32.const 1) (call $text)))
  (func $strings (result (ref $strings)) (array.new_fixed $strings 1 (call $text)))
  (func $handle (result externref) (extern.convert_any (ref.i31 (i32.const 1))))
  (func $try (type $f) (drop (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3))) (ref.null none))
  (func $go (param (ref null $point) (ref null $shape) (ref null $strings) externref)
    (drop (call $try (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
  (func (export "run nothing") (call $go (call $point) (struct.new $at (call $point)) (call $strings) (call $handle)))
  (func (export "run record") (call $go (ref.null none) (struct.new $dot) (call $strings) (call $handle)))
  (func (export "run field") (call $go (struct.new $point (i32.const 1) (ref.null none)) (struct.new $dot) (call $strings) (call $handle)))
  (func (export "run variant") (call $go (call $point) (ref.null none) (call $strings) (call $handle)))
  (func (export "run payload") (call $go (call $point) (struct.new $at (ref.null none)) (call $strings) (call $handle)))
  (func (export "run payload field") (call $go (call $point) (struct.new $at (struct.new $point (i32.const 1) (ref.null none))) (call $strings) (call $handle)))
  (func (export "run list") (call $go (call $point) (struct.new $dot) (ref.null none) (call $handle)))
  (func (export "run element") (call $go (call $point) (struct.new $dot) (array.new_fixed $strings 2 (call $text) (ref.null none)) (call $handle)))
  (func (export "run handle") (call $go (call $point) (struct.new $dot) (call $strings) (ref.null noextern)))
  (func (export "f") (type $f) (ref.null none))
)
