;; The second string of a list is not in the memory.
(module
  (import "test:memory/data" "texts" (func $texts (param i32 i32)))
  (import "test:memory/data" "realloc-returns" (func $realloc-returns (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "\40\00\00\00\01\00\00\00\ff\ff\00\00\02\00\00\00")
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $realloc-returns (i32.const 0xfff0))
    (call $texts (i32.const 64) (i32.const 2))))
