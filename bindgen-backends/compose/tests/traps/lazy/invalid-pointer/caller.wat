;; abi: lazy
;; A list that ends behind the memory of the sender is found when its end is read. Nothing is written.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "last" (func $last (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $note (call $last (i32.const 65532) (i32.const 2)))))
