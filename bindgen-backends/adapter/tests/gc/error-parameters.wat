;; G7: a parameter too few.
;; f: func(x: u8, y: u8)
(module (func (export "f") (param i32)))
