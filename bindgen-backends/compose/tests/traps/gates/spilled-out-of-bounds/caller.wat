(module
  (import "test:gates/host" "spilled" (func $spilled (param i32 i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (call $spilled (i32.const 0xfff8) (i32.const 512))))
