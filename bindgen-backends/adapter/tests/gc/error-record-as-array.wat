;; G7: an array for a record.
;; types: record point { x: u8 }
;; f: func(p: point)
(module
  (type $array (array (mut i8)))
  (func (export "f") (param (ref $array))))
