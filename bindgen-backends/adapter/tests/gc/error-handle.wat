;; G7: a handle is an externref.
;; types: resource a;
;; f: func(x: own<a>)
(module (func (export "f") (param i32)))
