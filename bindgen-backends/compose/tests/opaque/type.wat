(module (import "[opaque=gc]test:demo/types" "[get]point.x" (func (param externref) (result i64))))
