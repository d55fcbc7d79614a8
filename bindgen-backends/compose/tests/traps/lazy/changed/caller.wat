;; abi: lazy
;; strings: utf16
;; The length was counted when the handle was made; the callee changes the text to a shorter one of as many bytes.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "changing" (func $changing (param i32)))
  (import "[abi=lazy]test:lazy/lib" "change" (func $change))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $changing (i32.const 64))
    (call $note (i32.load (i32.const 68)))
    (call $change)
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $lower (i32.load (i32.const 64)) (i32.const 0) (i32.const 4) (i32.const 256))))
