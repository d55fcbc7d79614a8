;; G7: a base with a field.
;; f: func(x: option<u8>)
(module
  (rec (type $o (sub (struct (field i32)))) (type $none (sub final $o (struct (field i32)))) (type $some (sub final $o (struct (field i32) (field i8)))))
  (func (export "f") (param (ref $o))))
