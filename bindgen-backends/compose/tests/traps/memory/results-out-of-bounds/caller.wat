;; The callee returns an address of results that are behind its memory.
(module
  (import "test:memory/data" "words-at" (func $words-at (param i32 i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $words-at (i32.const 0xfffc) (i32.const 64))))
