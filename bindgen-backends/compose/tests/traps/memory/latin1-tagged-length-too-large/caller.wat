;; strings: latin1+utf16
;; With the tag taken off, 2^30 code units of two bytes.
(module
  (import "test:memory/data" "text" (func $text (param i32 i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $text (i32.const 64) (i32.const 0xc000_0000))))
