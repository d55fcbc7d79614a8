(module
  (import "[weave=gc]test:woven/host" "upper" (func (param i32 i32 i32)))
  (memory (export "memory") 1))
