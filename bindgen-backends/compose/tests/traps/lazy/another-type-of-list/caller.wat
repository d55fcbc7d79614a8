;; abi: lazy
;; A list of strings is forwarded as a string.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "texts" (func $texts (param i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore" (func $ignore (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $texts (i32.const 64))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $ignore (i32.load (i32.const 64)) (i32.const -1))))
