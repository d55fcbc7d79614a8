;; abi: lazy
;; The same text is forwarded back unread: the callee is the one who reads its first byte, and then the caller all.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "test:lazy/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (import "[abi=lazy]test:lazy/lib" "late" (func $late (param i32)))
  (import "[abi=lazy]test:lazy/lib" "first" (func $first (param i32 i32) (result i32)))
  (import "[lazy]" "lower-all" (func $lower-all (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (call $late (i32.const 64))
    (call $note (call $first (i32.load (i32.const 64)) (i32.const -1)))
    (call $show)
    (call $watch (i32.const 0) (i32.const 0) (i32.const 65536))
    (call $lower-all (i32.load (i32.const 64)) (i32.const 256))))
