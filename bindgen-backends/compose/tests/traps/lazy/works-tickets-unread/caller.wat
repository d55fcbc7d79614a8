;; abi: lazy
;; The host gives tickets; one is read and dropped, the two others are destroyed with the handle.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/host" "issue" (func $issue (param i32 i32 i32)))
  (import "test:lazy/host" "[resource-drop]ticket" (func $drop-ticket (param i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "\01\00\00\00\02\00\00\00\03\00\00\00")
  (func (export "test:lazy/entry#run")
    (call $show)
    (call $issue (i32.const 16) (i32.const 3) (i32.const 64))
    (call $lower (i32.load (i32.const 64)) (i32.const 1) (i32.const 1) (i32.const 256))
    (call $note (i32.const 100))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 101))
    (call $drop-ticket (i32.load (i32.const 256)))))
