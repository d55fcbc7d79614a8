;; An eager guest calls through a lazy one: what it gets is a copy, and all is freed when it has it.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "test:chains/near" "sum" (func $sum (param i32 i32) (result i32)))
  (import "test:chains/near" "give" (func $give (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "test:chains/entry#run")
    (call $note (call $sum (i32.const 16) (i32.const 4)))
    (call $give (i32.const 64))
    (call $note (i32.load (i32.const 68)))
    (call $note (i32.load8_u offset=8 (i32.load (i32.const 64))))
    (call $note (i32.const 1))))
