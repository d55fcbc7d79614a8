;; A surrogate in three bytes.
(module
  (import "test:memory/data" "text" (func $text (param i32 i32)))
  (import "test:memory/data" "realloc-returns" (func $realloc-returns (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "\ed\a0\80")
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $realloc-returns (i32.const 0xfffd))
    (call $text (i32.const 64) (i32.const 3))))
