;; G7: another number.
;; f: func(x: u64)
(module (func (export "f") (param i32)))
