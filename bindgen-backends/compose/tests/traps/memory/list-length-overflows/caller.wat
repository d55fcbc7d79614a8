;; Its size in bytes is 4, in 32 bits.
(module
  (import "test:memory/data" "words" (func $words (param i32 i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $words (i32.const 64) (i32.const 0x4000_0001))))
