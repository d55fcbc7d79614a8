;; abi: lazy
;; Post-return notes 77: when the last of three handles is dropped, the nested then the list then the text.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "both" (func $both (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $both (i32.const 64))
    (call $lower (i32.load (i32.const 72)) (i32.const 0) (i32.const 1) (i32.const 256))
    (call $note (i32.const 1))
    (call $drop (i32.load (i32.const 256)))
    (call $note (i32.const 2))
    (call $drop (i32.load (i32.const 72)))
    (call $note (i32.const 3))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 4))))
