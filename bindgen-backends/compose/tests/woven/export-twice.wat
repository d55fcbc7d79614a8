(module
  (func (export "[weave=gc]test:woven/api#join") (param i32 i32) (result i32) unreachable)
  (func (export "[abi=gc]test:woven/api#join") (param i32 i32) (result i32) unreachable))
