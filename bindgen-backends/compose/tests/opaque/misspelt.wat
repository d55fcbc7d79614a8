(module (import "[opaque=gc]test:demo/types" "[get]point.y" (func (param externref) (result i32))))
