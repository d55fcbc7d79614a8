;; The callee returns a string that is not UTF-8.
(module
  (import "test:memory/data" "text-at" (func $text-at (param i32 i32)))
  (import "test:memory/data" "put" (func $put (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "test:memory/entry#run")
    (call $put (i32.const 16) (i32.const 24))
    (call $put (i32.const 20) (i32.const 1))
    (call $put (i32.const 24) (i32.const 0xff))
    (call $text-at (i32.const 16) (i32.const 64))))
