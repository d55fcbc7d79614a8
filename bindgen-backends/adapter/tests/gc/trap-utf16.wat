;; Text that is not UTF-16: half a pair, and a pair the wrong way round.
;; f: func(x: string) -> list<string>
(module
  (type $string (array (mut i16)))
  (type $strings (array (mut (ref null $string))))
  (type $f (func (param (ref $string)) (result (ref $strings))))
  (type $sent (func (param (ref $string)) (result (ref $strings))))
  (import "guest" "f" (func $f (type $f)))
  (func (export "run high") (drop (call $f (array.new_fixed $string 2 (i32.const 0xd800) (i32.const 0x61)))))
  (func (export "run high at the end") (drop (call $f (array.new_fixed $string 2 (i32.const 0x61) (i32.const 0xdbff)))))
  (func (export "run low") (drop (call $f (array.new_fixed $string 1 (i32.const 0xdc00)))))
  (func (export "run reversed") (drop (call $f (array.new_fixed $string 2 (i32.const 0xdfff) (i32.const 0xd800)))))
  (func (export "f") (type $f) (array.new_fixed $strings 1 (array.new_fixed $string 1 (i32.const 0xd800))))
)
