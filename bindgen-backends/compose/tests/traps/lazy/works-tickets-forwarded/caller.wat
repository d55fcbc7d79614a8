;; abi: lazy
;; Tickets go back to the host in a list that is not read: they are the host's, and nobody destroys them here.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/host" "issue" (func $issue (param i32 i32 i32)))
  (import "[abi=lazy]test:lazy/host" "collect" (func $collect (param i32 i32) (result i32)))
  (import "[abi=lazy]test:lazy/lib" "show" (func $show))
  (memory (export "memory") 1)
  (data (i32.const 16) "\01\00\00\00\02\00\00\00\03\00\00\00")
  (func (export "test:lazy/entry#run")
    (call $show)
    (call $issue (i32.const 16) (i32.const 3) (i32.const 64))
    (call $note (call $collect (i32.load (i32.const 64)) (i32.const -1)))))
