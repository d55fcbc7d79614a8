;; abi: lazy
;; Text is checked where it is read: sixteen bytes are good, the next one is not.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "late" (func $late (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $late (i32.const 64))
    (call $lower (i32.load (i32.const 64)) (i32.const 0) (i32.const 16) (i32.const 256))
    (call $note (i32.load8_u (i32.const 271)))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $lower (i32.load (i32.const 64)) (i32.const 16) (i32.const 1) (i32.const 272))))
