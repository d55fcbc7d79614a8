;; abi: lazy
;; The callee uses a handle that has died: its entry is in use again, for a value that the caller got since.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "text" (func $text (param i32)))
  (import "[abi=lazy]test:lazy/lib" "keep" (func $keep (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "read-kept" (func $read-kept))
  (memory (export "memory") 1)
  (data (i32.const 128) "kept")
  (func (export "test:lazy/entry#run")
    (call $keep (i32.const 128) (i32.const 4))
    (call $text (i32.const 64))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $read-kept)))
