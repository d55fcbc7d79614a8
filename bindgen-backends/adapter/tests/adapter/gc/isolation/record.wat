;; A closed record with what is closed in it.
;; types: record inner { name: string, shape: option<list<u16>> }
;; f: func(x: tuple<u8, inner>) -> tuple<u8, inner>
(module
  (type $string (array (mut i8)))
  (type $numbers (array (mut i16)))
  (rec (type $o (sub (struct))) (type $none (sub final $o (struct))) (type $some (sub final $o (struct (field (ref $numbers))))))
  (type $inner (struct (field (ref $string)) (field (ref $o))))
  (type $tuple (struct (field i8) (field (ref $inner))))
  (type $f (func (param (ref $tuple)) (result (ref $tuple))))
  (import "guest" "f" (func $f (type $f)))
  (func (export "f") (type $f) (local.get 0))
  (func (export "same") (result i32)
    (local $tuple (ref $tuple))
    (local.set $tuple (struct.new $tuple (i32.const 1)
      (struct.new $inner (array.new_fixed $string 0) (struct.new $some (array.new_fixed $numbers 1 (i32.const 2))))))
    (ref.eq (local.get $tuple) (call $f (local.get $tuple)))))
