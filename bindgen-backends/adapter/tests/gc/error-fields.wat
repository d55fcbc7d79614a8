;; G7: a field too many.
;; types: record point { x: u8, y: u8 }
;; f: func() -> point
(module
  (type $point (struct (field i8) (field i8) (field i8)))
  (func (export "f") (result (ref $point)) unreachable))
