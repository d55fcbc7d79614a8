;; Lists of a fixed length.
;; f: func(x: list<string, 2>, y: list<u16, 3>, z: list<list<u8, 2>, 2>) -> list<string, 2>
(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref null $string))))
  (type $u16 (array (mut i16)))
  (type $bytes (array (mut i8)))
  (type $pairs (array (mut (ref null $bytes))))
  (type $f (func (param (ref $strings) (ref $u16) (ref $pairs)) (result (ref $strings))))
  (import "guest" "f" (func $f (type $f)))
  (func $two (result (ref $strings))
    (array.new_fixed $strings 2 (array.new $string (i32.const 0x61) (i32.const 3)) (array.new_fixed $string 0)))
  (func $call (param (ref $strings)) (result (ref $strings))
    (call $f (local.get 0)
      (array.new_fixed $u16 3 (i32.const 1) (i32.const 2) (i32.const 0xffff))
      (array.new_fixed $pairs 2 (array.new $bytes (i32.const 1) (i32.const 2)) (array.new $bytes (i32.const 2) (i32.const 2)))))
  (func (export "run") (drop (call $call (call $call (call $two)))))
  (func (export "f") (type $f) (local.get 0))
)
