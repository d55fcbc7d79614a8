(module
  (import "[weave=gc]objects" "[method]gc-point.x" (func $x (param i32) (result i32)))
  (import "objects" "[resource-drop]gc-point" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "[weave=gc]api#f") (param i32) (result i32)
    (call $drop (local.get 0))
    (i32.const 0))
  (@custom "onramp:abi" "gc 1\nkeep api#f:p\n"))
