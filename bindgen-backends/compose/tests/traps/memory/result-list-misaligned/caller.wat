;; The callee returns a list of words at an odd address.
(module
  (import "test:memory/data" "words-at" (func $words-at (param i32 i32)))
  (import "test:memory/data" "put" (func $put (param i32 i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $put (i32.const 16) (i32.const 65))
    (call $put (i32.const 20) (i32.const 1))
    (call $words-at (i32.const 16) (i32.const 64))))
