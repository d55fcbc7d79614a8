;; abi: lazy
;; The callee keeps the handle of its parameter, and uses it in the next call.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "keep" (func $keep (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "read-kept" (func $read-kept))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:lazy/entry#run")
    (call $keep (i32.const 16) (i32.const 4))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $read-kept)))
