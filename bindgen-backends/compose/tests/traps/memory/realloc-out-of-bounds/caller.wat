;; The callee's realloc returns a block whose last byte is behind its memory.
(module
  (import "test:memory/data" "bytes" (func $bytes (param i32 i32)))
  (import "test:memory/data" "realloc-returns" (func $realloc-returns (param i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $realloc-returns (i32.const 0xffff))
    (call $bytes (i32.const 64) (i32.const 2))))
