;; So are functions with streams in their types.
;; f: func(x: stream<u8>)
(module (func (export "f") (param externref)))
