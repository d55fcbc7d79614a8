;; Records in records, with fields that are mutable, nullable and packed, in one recursion group with what has nothing to do with them.
;; types: record point { x: s8, y: s16 }
;; types: record line { start: point, end: point, name: string, weight: f64 }
;; f: func(x: line) -> line
(module
  (rec
    (type $line (sub (struct (field (ref $point)) (field (mut (ref null $point))) (field (ref $string)) (field f64))))
    (type $point (sub (struct (field (mut i8)) (field i16))))
    (type $other (struct (field (ref null $line))))
    (type $string (array (mut i16))))
  (import "guest" "f" (func $f (param (ref $line)) (result (ref $line))))
  (func (export "run") (drop (call $f (call $f (struct.new $line
    (struct.new $point (i32.const -1) (i32.const -2))
    (struct.new $point (i32.const 127) (i32.const 0x7fff))
    (array.new $string (i32.const 0xe9) (i32.const 4))
    (f64.const 0.5))))))
  (func (export "f") (param (ref $line)) (result (ref $line)) (local.get 0))
)
