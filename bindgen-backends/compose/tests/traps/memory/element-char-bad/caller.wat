;; The second char of a list is a surrogate.
(module
  (import "test:memory/data" "letters" (func $letters (param i32 i32)))
  (import "test:memory/data" "realloc-returns" (func $realloc-returns (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "a\00\00\00\ff\df\00\00")
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $realloc-returns (i32.const 0xfff8))
    (call $letters (i32.const 64) (i32.const 2))))
