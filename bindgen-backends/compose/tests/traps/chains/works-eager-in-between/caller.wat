;; abi: lazy
;; An eager guest between lazy ones copies both ways. Its own results are copied when it returns.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:chains/near" "sum" (func $sum (param i32 i32) (result i32)))
  (import "[abi=lazy]test:chains/near" "give" (func $give (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (call $note (call $sum (i32.const 16) (i32.const 4)))
    (call $give (i32.const 64))
    (call $note (i32.load (i32.const 68)))
    (call $lower (i32.load (i32.const 64)) (i32.const 8) (i32.const 1) (i32.const 256))
    (call $note (i32.load8_u (i32.const 256)))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 1))))
