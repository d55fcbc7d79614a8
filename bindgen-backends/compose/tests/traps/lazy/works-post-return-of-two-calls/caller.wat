;; abi: lazy
;; The handles of two calls of one function are dropped by turns, those of the second call first.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "both" (func $both (param i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $both (i32.const 64))
    (call $both (i32.const 80))
    (call $drop (i32.load (i32.const 88)))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 1))
    (call $drop (i32.load (i32.const 80)))
    (call $note (i32.const 2))
    (call $drop (i32.load (i32.const 72)))
    (call $note (i32.const 3))))
