;; abi: lazy
;; Things are lent in a list that is not read: they come back, and can be dropped.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore-lent" (func $ignore-lent (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "[constructor]thing" (func $new-thing (param i32) (result i32)))
  (import "test:lazy/lib" "[resource-drop]thing" (func $drop-thing (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (i32.store (i32.const 256) (call $new-thing (i32.const 11)))
    (i32.store (i32.const 260) (call $new-thing (i32.const 12)))
    (call $ignore-lent (i32.const 256) (i32.const 2))
    (call $ignore-lent (i32.const 256) (i32.const 2))
    (call $note (i32.const 100))
    (call $drop-thing (i32.load (i32.const 260)))
    (call $drop-thing (i32.load (i32.const 256)))))
