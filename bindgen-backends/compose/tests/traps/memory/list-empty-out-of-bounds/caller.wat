;; It has no bytes, but its pointer is checked as well.
(module
  (import "test:memory/data" "bytes" (func $bytes (param i32 i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $bytes (i32.const 0x1_0001) (i32.const 0))))
