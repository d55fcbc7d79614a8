;; The last char is U+10FFFF.
(module
  (import "test:memory/data" "letter" (func $letter (param i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $letter (i32.const 0x11_0000))))
