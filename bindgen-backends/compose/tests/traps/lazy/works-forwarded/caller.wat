;; abi: lazy
;; A text goes back to the guest that it came from, unread; and as often as one likes.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "text" (func $text (param i32)))
  (import "[abi=lazy]test:lazy/lib" "live" (func $live (result i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore" (func $ignore (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "first" (func $first (param i32 i32) (result i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $text (i32.const 64))
    (call $note (call $first (i32.load (i32.const 64)) (i32.const -1)))
    (call $note (call $first (i32.load (i32.const 64)) (i32.const -1)))
    (call $ignore (i32.load (i32.const 64)) (i32.const -1))
    (call $drop (i32.load (i32.const 64)))
    (call $note (call $live))))
