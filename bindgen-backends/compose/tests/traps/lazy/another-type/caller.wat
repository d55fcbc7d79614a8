;; abi: lazy
;; A string is forwarded as a list of numbers.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "text" (func $text (param i32)))
  (import "[abi=lazy]test:lazy/lib" "last" (func $last (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $text (i32.const 64))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (drop (call $last (i32.load (i32.const 64)) (i32.const -1)))))
