;; What it imports at the level of its world are a function of another guest and one of the host; `a-alone` has the first only.
(module
  (import "[abi=multivalue]$root" "ratio" (func $ratio (param i32 i32) (result i32 i32)))
  (import "$root" "same" (func $same (param i32) (result i32)))
  (func (export "swapped") (param i32 i32) (result i32)
    (call $ratio (call $same (local.get 1)) (local.get 0))
    (i32.sub))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (unreachable))
  (@custom "onramp:abi" "multivalue 1"))
