(module
  (import "[weave=gc]test:woven/host" "narrow" (func $narrow (param i32 i64) (result i32)))
  (import "test:woven/other" "eager" (func $eager))
  (memory (export "memory") 1)
  (func $widen (export "[weave=gc]test:woven/api#widen") (param i32) (result i32)
    (call $narrow (local.get 0) (i64.const 7)))
  (func (export "[weave=gc]$root#plain") (result i32) (call $eager) (i32.const 3))
  (@custom "onramp:abi" "gc 1\n"))
