;; abi: lazy
;; A list of lists goes through a guest that knows nothing of it.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "test:chains/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:chains/far" "show" (func $far-show))
  (import "[abi=lazy]test:chains/near" "show" (func $near-show))
  (import "[abi=lazy]test:chains/near" "sums" (func $sums (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text\01\02")
  (data (i32.const 32) "\10\00\00\00\04\00\00\00\14\00\00\00\02\00\00\00")
  (func (export "test:chains/entry#run")
    (call $far-show)
    (call $near-show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $note (call $sums (i32.const 32) (i32.const 2)))))
