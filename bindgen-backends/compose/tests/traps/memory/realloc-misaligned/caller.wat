;; The callee's realloc returns an odd address for words.
(module
  (import "test:memory/data" "words" (func $words (param i32 i32)))
  (import "test:memory/data" "realloc-returns" (func $realloc-returns (param i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $realloc-returns (i32.const 1025))
    (call $words (i32.const 64) (i32.const 2))))
