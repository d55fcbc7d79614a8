;; Numbers that are no char, as a parameter, a field and an element.
;; f: func(x: char, y: tuple<u8, char>, z: list<char>) -> char
(module
  (type $tuple (struct (field i8) (field i32)))
  (type $list (array (mut i32)))
  (type $f (func (param i32 (ref $tuple) (ref $list)) (result i32)))
  (import "guest" "f" (func $f (type $f)))
  (func $go (param i32 i32 i32) (drop (call $f (local.get 0) (struct.new $tuple (i32.const 1) (local.get 1))
    (array.new_fixed $list 2 (i32.const 0x61) (local.get 2)))))
  (func (export "run right") (call $go (i32.const 0xd7ff) (i32.const 0xe000) (i32.const 0x10ffff)))
  (func (export "run surrogate") (call $go (i32.const 0xd800) (i32.const 0) (i32.const 0)))
  (func (export "run above") (call $go (i32.const 0x110000) (i32.const 0) (i32.const 0)))
  (func (export "run negative") (call $go (i32.const -1) (i32.const 0) (i32.const 0)))
  (func (export "run field") (call $go (i32.const 0) (i32.const 0xdfff) (i32.const 0)))
  (func (export "run element") (call $go (i32.const 0) (i32.const 0) (i32.const 0x110000)))
  (func (export "f") (type $f) (i32.const 0xd800))
)
