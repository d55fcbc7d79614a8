;; G7: an option is no reference that may be null.
;; f: func(x: option<string>)
(module
  (type $string (array (mut i8)))
  (func (export "f") (param (ref null $string))))
