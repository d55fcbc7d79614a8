;; G7: a struct for a list.
;; f: func(x: list<u8, 2>)
(module
  (type $struct (struct (field i8) (field i8)))
  (func (export "f") (param (ref $struct))))
