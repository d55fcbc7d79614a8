;; G7: an element of a list in a record.
;; types: record point { xs: list<f64> }
;; f: func(p: point)
(module
  (type $list (array (mut f32)))
  (type $point (struct (field (ref $list))))
  (func (export "f") (param (ref $point))))
