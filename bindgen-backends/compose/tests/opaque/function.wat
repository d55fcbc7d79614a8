(module (func (export "[opaque=gc]test:demo/api#kind") (param i32) (result i32) (local.get 0)))
