;; abi: lazy
;; All are read after one was.
(module
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "things" (func $things (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "lower-all" (func $lower-all (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $things (i32.const 64))
    (call $lower (i32.load (i32.const 64)) (i32.const 0) (i32.const 1) (i32.const 256))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $lower-all (i32.load (i32.const 64)) (i32.const 512))))
