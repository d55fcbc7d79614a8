;; Numbers that are no case of an enum.
;; types: enum color { red, green, blue }
;; f: func(x: color, y: list<color>, z: option<color>) -> color
(module
  (type $list (array (mut i32)))
  (rec (type $o (sub (struct))) (type $none (sub final $o (struct))) (type $some (sub final $o (struct (field i32)))))
  (type $f (func (param i32 (ref $list) (ref $o)) (result i32)))
  (import "guest" "f" (func $f (type $f)))
  (func $go (param i32 i32 i32) (drop (call $f (local.get 0) (array.new_fixed $list 1 (local.get 1)) (struct.new $some (local.get 2)))))
  (func (export "run right") (call $go (i32.const 0) (i32.const 1) (i32.const 2)))
  (func (export "run parameter") (call $go (i32.const 3) (i32.const 1) (i32.const 2)))
  (func (export "run negative") (call $go (i32.const -1) (i32.const 1) (i32.const 2)))
  (func (export "run element") (call $go (i32.const 0) (i32.const 3) (i32.const 2)))
  (func (export "run payload") (call $go (i32.const 0) (i32.const 1) (i32.const 256)))
  (func (export "f") (type $f) (i32.const 3))
)
