;; abi: lazy
;; More than sixteen parameters are behind one handle, which the callee passes as a string.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "wide-back" (func $wide-back (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $wide-back (i32.const 256) (i32.const 64))))
