;; abi: lazy
;; A text goes through two guests, and nobody reads it: no memory is written.
(module
  (import "test:chains/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:chains/far" "show" (func $far-show))
  (import "[abi=lazy]test:chains/near" "show" (func $near-show))
  (import "[abi=lazy]test:chains/near" "ignore" (func $ignore (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (call $far-show)
    (call $near-show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $ignore (i32.const 16) (i32.const 4))))
