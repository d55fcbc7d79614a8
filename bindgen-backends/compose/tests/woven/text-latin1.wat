(module
  (import "[weave=gc]test:woven/host" "upper" (func $upper (param i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "[weave=gc]test:woven/api#join") (param i32 i32) (result i32)
    (call $upper (local.get 0) (i32.const 1) (i32.const 16))
    (i32.const 16))
  (func $free (export "cabi_post_[weave=gc]test:woven/api#join") (param i32))
  (@custom "onramp:abi" "gc 1\n"))
