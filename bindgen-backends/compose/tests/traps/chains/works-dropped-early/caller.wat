;; abi: lazy
;; The guest in between drops what it passed in its result: the receiver reads it still, and the last guest keeps it for that long.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:chains/near" "ignore" (func $ignore (param i32 i32)))
  (import "[abi=lazy]test:chains/near" "give" (func $give (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (call $give (i32.const 64))
    (call $ignore (i32.const 16) (i32.const 4))
    (call $note (i32.const 1))
    (call $lower (i32.load (i32.const 64)) (i32.const 0) (i32.const 9) (i32.const 256))
    (call $note (i32.load8_u (i32.const 264)))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 2))))
