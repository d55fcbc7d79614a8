;; The callee returns the fourth of three cases.
(module
  (import "test:memory/data" "paint-of" (func $paint-of (param i32) (result i32)))
  (memory (export "memory") 1)
  (func $the-caller-must-not-allocate unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $the-caller-must-not-allocate) (unreachable))
  (func (export "test:memory/entry#run")
    (drop (call $paint-of (i32.const 3)))))
