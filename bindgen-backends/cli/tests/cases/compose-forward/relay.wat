(module
  (import "[abi=cm1]test:forward/sink" "put" (func $put (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; It passes on the handle: a pointer and a length would be the text's.
  (func (export "[abi=cm1]test:forward/relay#pass") (param $handle i32) (param $length i32) (result i32)
    (call $put (local.get $handle) (i32.const 0xffff_ffff)))
  (@custom "onramp:abi" "cm1 1\n"))
