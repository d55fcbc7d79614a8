;; The caller's realloc returns nonsense for a result.
(module
  (import "test:memory/data" "words-at" (func $words-at (param i32 i32)))
  (import "test:memory/data" "put" (func $put (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0xfffc))
  (func (export "test:memory/entry#run")
    (call $put (i32.const 16) (i32.const 64))
    (call $put (i32.const 20) (i32.const 2))
    (call $words-at (i32.const 16) (i32.const 64))))
