;; A map is a list of pairs.
;; f: func(x: map<string, u8>) -> map<string, u8>
(module
  (type $string (array (mut i8)))
  (type $entry (struct (field (ref $string)) (field i8)))
  (type $map (array (mut (ref null $entry))))
  (import "guest" "f" (func $f (param (ref $map)) (result (ref $map))))
  (func (export "run") (drop (call $f (call $f (array.new_fixed $map 2
    (struct.new $entry (array.new $string (i32.const 0x61) (i32.const 1)) (i32.const 1))
    (struct.new $entry (array.new $string (i32.const 0x62) (i32.const 2)) (i32.const 0xff)))))))
  (func (export "f") (param (ref $map)) (result (ref $map)) (local.get 0))
)
