;; Text that is not UTF-8: alone, a sequence that is cut off, an overlong one, a surrogate, above U+10FFFF; and as a map's key.
;; f: func(x: string, y: map<string, u8>) -> string
(module
  (type $string (array (mut i8)))
  (type $entry (struct (field (ref $string)) (field i8)))
  (type $map (array (mut (ref null $entry))))
  (type $f (func (param (ref $string) (ref $map)) (result (ref $string))))
  (import "guest" "f" (func $f (type $f)))
  (func $go (param (ref $string)) (drop (call $f (local.get 0) (array.new_fixed $map 0))))
  (func (export "run right") (call $go (array.new_fixed $string 2 (i32.const 0xc2) (i32.const 0x80))))
  (func (export "run alone") (call $go (array.new_fixed $string 2 (i32.const 0x61) (i32.const 0x80))))
  (func (export "run cut off") (call $go (array.new_fixed $string 3 (i32.const 0x61) (i32.const 0xe2) (i32.const 0x82))))
  (func (export "run overlong") (call $go (array.new_fixed $string 2 (i32.const 0xc0) (i32.const 0x80))))
  (func (export "run surrogate") (call $go (array.new_fixed $string 3 (i32.const 0xed) (i32.const 0xa0) (i32.const 0x80))))
  (func (export "run above") (call $go (array.new_fixed $string 4 (i32.const 0xf4) (i32.const 0x90) (i32.const 0x80) (i32.const 0x80))))
  (func (export "run key") (drop (call $f (array.new_fixed $string 0)
    (array.new_fixed $map 1 (struct.new $entry (array.new_fixed $string 1 (i32.const 0xff)) (i32.const 1))))))
  (func (export "f") (type $f) (array.new_fixed $string 1 (i32.const 0xff)))
)
