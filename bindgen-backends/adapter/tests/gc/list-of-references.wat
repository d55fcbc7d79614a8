;; Elements that may be null, and that may not.
;; f: func(x: list<string>, y: list<list<u16>>) -> list<string>
(module
  (type $string (array (mut i8)))
  (type $strings (array (mut (ref $string))))
  (type $inner (array (mut i16)))
  (type $outer (array (mut (ref null $inner))))
  (type $f (func (param (ref $strings) (ref $outer)) (result (ref $strings))))
  (import "guest" "f" (func $f (type $f)))
  (data $text "abc")
  (func $strings (result (ref $strings))
    (array.new_fixed $strings 3
      (array.new_data $string $text (i32.const 0) (i32.const 1))
      (array.new_fixed $string 0)
      (array.new_data $string $text (i32.const 1) (i32.const 2))))
  (func $outer (result (ref $outer))
    (array.new_fixed $outer 2
      (array.new $inner (i32.const 5) (i32.const 3))
      (array.new_fixed $inner 0)))
  (func (export "run") (drop (call $f (call $f (call $strings) (call $outer)) (call $outer))))
  (func (export "run empty") (drop (call $f (array.new_fixed $strings 0) (array.new_fixed $outer 0))))
  (func (export "f") (type $f) (local.get 0))
)
