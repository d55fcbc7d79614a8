;; G7: abstract types are not allowed.
;; f: func(x: tuple<list<u8>>)
(module
  (type $tuple (struct (field arrayref)))
  (func (export "f") (param (ref $tuple))))
