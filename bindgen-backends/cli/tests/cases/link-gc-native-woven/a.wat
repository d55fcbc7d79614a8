(module
  (import "[weave=gc]test:link/host" "older" (func (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "[weave=gc]test:link/api#names") (param i32 i32) (result i32) (i32.const 16))
  (@custom "onramp:abi" "gc 1"))
