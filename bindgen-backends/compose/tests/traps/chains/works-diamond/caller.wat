;; abi: lazy
;; The first guest gets a text from the last, and passes it on to it by both ways, directly and through the guest in between.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:chains/far" "give" (func $far-give (param i32)))
  (import "[abi=lazy]test:chains/far" "sum" (func $far-sum (param i32 i32) (result i32)))
  (import "[abi=lazy]test:chains/near" "sum" (func $sum (param i32 i32) (result i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (call $far-give (i32.const 64))
    (call $note (call $far-sum (i32.load (i32.const 64)) (i32.const -1)))
    (call $note (call $sum (i32.load (i32.const 64)) (i32.const -1)))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 1))))
