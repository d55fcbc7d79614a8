;; abi: lazy
;; A value of length 0 has no handle, and needs none to be passed on. What is lowered of a range of no elements is nothing, wherever it goes.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "numbers" (func $numbers (param i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore" (func $ignore (param i32 i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $numbers (i32.const 64))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $ignore (i32.const 5000) (i32.const 0))
    (call $lower (i32.load (i32.const 64)) (i32.const 3) (i32.const 0) (i32.const -4))
    (call $drop (i32.load (i32.const 64)))))
