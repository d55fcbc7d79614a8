;; G7: no result.
;; f: func() -> string
(module (func (export "f")))
