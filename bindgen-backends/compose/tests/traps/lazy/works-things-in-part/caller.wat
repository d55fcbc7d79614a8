;; abi: lazy
;; The second is read, and dropped: the first is destroyed when it is passed over, the third with the handle.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "things" (func $things (param i32)))
  (import "test:lazy/lib" "[resource-drop]thing" (func $drop-thing (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $things (i32.const 64))
    (call $lower (i32.load (i32.const 64)) (i32.const 1) (i32.const 1) (i32.const 256))
    (call $note (i32.const 100))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 101))
    (call $drop-thing (i32.load (i32.const 256)))))
