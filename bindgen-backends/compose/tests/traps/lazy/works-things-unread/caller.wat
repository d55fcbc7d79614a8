;; abi: lazy
;; Things that are not read are destroyed when the handle is dropped, each once.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "things" (func $things (param i32)))
  (import "[lazy]" "drop" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $things (i32.const 64))
    (call $note (i32.const 100))
    (call $drop (i32.load (i32.const 64)))
    (call $note (i32.const 101))))
