;; abi: multivalue
;; The same for a multivalue guest.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=multivalue]test:chains/near" "sum" (func $sum (param i32 i32) (result i32)))
  (import "[abi=multivalue]test:chains/near" "give" (func $give (result i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "test:chains/entry#run")
    (local $at i32) (local $length i32)
    (call $note (call $sum (i32.const 16) (i32.const 4)))
    (call $give)
    (local.set $length)
    (local.set $at)
    (call $note (local.get $length))
    (call $note (i32.load8_u offset=8 (local.get $at)))
    (call $note (i32.const 1))))
