(module
  (import "[abi=cm1]$root" "twice" (func $twice (param i32 i32) (result i32 i32)))
  (memory (export "memory") 1)
  (global $added (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $added (i32.const 2)))
  (func (export "[abi=cm1]test:link/api#add") (param i32) (result i32)
    (i32.add (local.get 0) (global.get $added)))
  (@custom "onramp:abi" "cm1 1\n"))
