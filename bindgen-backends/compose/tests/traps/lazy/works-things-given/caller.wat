;; abi: lazy
;; Things that a callee is given and does not read are destroyed when it returns, the one that it drops before.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore-things" (func $ignore-things (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "first-thing" (func $first-thing (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "[constructor]thing" (func $new-thing (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (i32.store (i32.const 256) (call $new-thing (i32.const 11)))
    (i32.store (i32.const 260) (call $new-thing (i32.const 12)))
    (i32.store (i32.const 264) (call $new-thing (i32.const 13)))
    (call $first-thing (i32.const 256) (i32.const 3))
    (call $note (i32.const 100))
    (i32.store (i32.const 256) (call $new-thing (i32.const 21)))
    (i32.store (i32.const 260) (call $new-thing (i32.const 22)))
    (call $ignore-things (i32.const 256) (i32.const 2))
    (call $note (i32.const 101))))
