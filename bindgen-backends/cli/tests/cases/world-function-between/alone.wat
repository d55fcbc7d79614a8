(module
  (import "[abi=multivalue]$root" "ratio" (func $ratio (param i32 i32) (result i32 i32)))
  (func (export "swapped") (param i32 i32) (result i32)
    (call $ratio (local.get 1) (local.get 0))
    (i32.sub))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable))
  (@custom "onramp:abi" "multivalue 1"))
