;; The second element of a list has the fourth of three cases.
(module
  (import "test:memory/data" "trees" (func $trees (param i32 i32)))
  (import "test:memory/data" "realloc-returns" (func $realloc-returns (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "\02\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00\03")
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (call $realloc-returns (i32.const 0xffe0))
    (call $trees (i32.const 64) (i32.const 2))))
