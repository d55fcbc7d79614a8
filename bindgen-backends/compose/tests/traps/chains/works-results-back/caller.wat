;; abi: lazy
;; A result comes back through a guest that does not read it. Post-return: 91 of the guest in between, then 92 of the last, whose text it was.
(module
  (import "test:chains/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:chains/near" "give" (func $give (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:chains/entry#run")
    (call $give (i32.const 64))
    (call $note (i32.load (i32.const 68)))
    (call $lower (i32.load (i32.const 64)) (i32.const 5) (i32.const 4) (i32.const 256))
    (call $note (i32.load8_u (i32.const 259)))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 1))))
