;; abi: lazy
;; Handles that are never dropped: the table of handles may not grow for ever.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "numbers" (func $numbers (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (loop $for-ever
      (call $numbers (i32.const 64))
      (br $for-ever))))
