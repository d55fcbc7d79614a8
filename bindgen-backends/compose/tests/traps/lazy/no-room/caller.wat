;; abi: lazy
;; Handles of calls that are never dropped: the table of handles may not grow for ever.
(module
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "numbers" (func $numbers (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $show)
    (loop $for-ever
      (call $numbers (i32.const 64))
      (br $for-ever))))
