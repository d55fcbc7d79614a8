(module (func (export "cabi_post_[weave=gc]test:woven/api#join") (param i32)))
