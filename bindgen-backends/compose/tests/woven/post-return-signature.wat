(module
  (func (export "[weave=gc]test:woven/api#join") (param i32 i32) (result i32) unreachable)
  (func (export "cabi_post_[weave=gc]test:woven/api#join") (param i64)))
