;; strings: utf16
;; UTF-16 is at even addresses.
(module
  (import "test:memory/data" "text" (func $text (param i32 i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $text (i32.const 65) (i32.const 1))))
