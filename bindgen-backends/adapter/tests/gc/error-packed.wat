;; G7: a field must be packed.
;; types: record point { x: u8, y: u16 }
;; f: func(p: point)
(module
  (type $point (struct (field i8) (field i32)))
  (func (export "f") (param (ref $point))))
