;; abi: lazy
;; The same with handles that are lowered out of one handle.
(module
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "texts" (func $texts (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $texts (i32.const 64))
    (call $show)
    (loop $for-ever
      (call $lower (i32.load (i32.const 64)) (i32.const 0) (i32.const 2) (i32.const 256))
      (br $for-ever))))
