;; abi: lazy
;; A forged number is forwarded.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "text" (func $text (param i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore" (func $ignore (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $text (i32.const 64))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $ignore (i32.const 5000) (i32.const -1))))
