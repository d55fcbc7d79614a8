(module
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  ;; The third byte.
  (func (export "[abi=lazy]test:forward/sink#put") (param $handle i32) (param $length i32) (result i32)
    (call $lower (local.get $handle) (i32.const 2) (i32.const 1) (i32.const 0))
    (i32.load8_u (i32.const 0)))
  (@custom "onramp:abi" "lazy 1\n"))
