;; G5: an externref that is no handle.
;; types: resource a;
;; f: func(x: own<a>, y: borrow<a>, z: list<own<a>>) -> own<a>
(module
  (type $boxed (struct (field i32)))
  (type $mutable (struct (field (mut i32))))
  (type $empty (struct))
  (type $list (array (mut externref)))
  (type $f (func (param externref externref (ref $list)) (result externref)))
  (import "guest" "f" (func $f (type $f)))
  (func $right (result externref) (extern.convert_any (ref.i31 (i32.const 1))))
  (func $go (param externref externref externref) (drop (call $f (local.get 0) (local.get 1) (array.new_fixed $list 1 (local.get 2)))))
  (func (export "run right") (call $go (call $right) (call $right) (call $right)))
  (func (export "run struct") (call $go (extern.convert_any (struct.new $empty)) (call $right) (call $right)))
  (func (export "run mutable struct") (call $go (extern.convert_any (struct.new $mutable (i32.const 1))) (call $right) (call $right)))
  (func (export "run array") (call $go (extern.convert_any (array.new_fixed $list 0)) (call $right) (call $right)))
  (func (export "run borrow") (call $go (call $right) (extern.convert_any (struct.new $empty)) (call $right)))
  (func (export "run null borrow") (call $go (call $right) (ref.null noextern) (call $right)))
  (func (export "run element") (call $go (call $right) (call $right) (extern.convert_any (struct.new $empty))))
  (func (export "run null element") (call $go (call $right) (call $right) (ref.null noextern)))
  (func (export "f") (type $f) (extern.convert_any (struct.new $empty)))
)
