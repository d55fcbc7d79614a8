(module
  (import "test:forward/relay" "pass" (func $pass (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "forwarded")
  (func (export "test:forward/writer#run") (result i32) (call $pass (i32.const 64) (i32.const 9))))
