;; abi: lazy
;; The last guest reads the text from the memory of the first: the one in between is not written.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "test:chains/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:chains/far" "show" (func $far-show))
  (import "[abi=lazy]test:chains/near" "show" (func $near-show))
  (import "[abi=lazy]test:chains/near" "sum" (func $sum (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (call $far-show)
    (call $near-show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $note (call $sum (i32.const 16) (i32.const 4)))))
