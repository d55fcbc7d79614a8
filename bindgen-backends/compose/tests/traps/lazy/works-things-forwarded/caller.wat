;; abi: lazy
;; Things go back to the callee in a list that is not read, and the callee reads the first.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "things" (func $things (param i32)))
  (import "[abi=lazy]test:lazy/lib" "first-thing" (func $first-thing (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $things (i32.const 64))
    (call $note (i32.const 100))
    (call $first-thing (i32.load (i32.const 64)) (i32.const -1))
    (call $note (i32.const 101))))
