;; G7: an enum is a number.
;; types: enum color { red, green }
;; f: func(x: color)
(module
  (rec (type $color (sub (struct))) (type $red (sub final $color (struct))) (type $green (sub final $color (struct))))
  (func (export "f") (param (ref $color))))
