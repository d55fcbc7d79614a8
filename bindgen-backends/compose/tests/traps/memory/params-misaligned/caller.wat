;; Parameters in memory are aligned as the largest.
(module
  (import "test:memory/data" "wide" (func $wide (param i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $wide (i32.const 68))))
