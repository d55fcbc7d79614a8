;; abi: lazy
;; The callee passes the handle of its parameter in its result. It shows its memory when it has written that.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "back" (func $back (param i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "text")
  (func (export "test:lazy/entry#run")
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $back (i32.const 16) (i32.const 4) (i32.const 64))))
