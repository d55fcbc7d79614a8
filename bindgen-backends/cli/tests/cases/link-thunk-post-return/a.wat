(module
  (func (export "[abi=cm1]test:link/api#split") (param i32) (result i32 i64) (i32.const 0) (i64.const 0))
  (func (export "cabi_post_[thunk=cm1]test:link/api#split") (param i32))
  (@custom "onramp:abi" "cm1 1\n"))
