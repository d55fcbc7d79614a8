;; G7: a string's units.
;; f: func(x: string)
(module
  (type $string (array (mut i32)))
  (func (export "f") (param (ref $string))))
