;; abi: lazy
;; A million lists of two things that the callee does not read: all are destroyed, and the memory that they are copied to is used again.
(module
  (import "test:lazy/host" "note" (func $note (param i32)))
  (import "[abi=lazy]test:lazy/lib" "pages" (func $pages (result i32)))
  (import "[abi=lazy]test:lazy/lib" "ignore-things" (func $ignore-things (param i32 i32)))
  (import "[abi=lazy]test:lazy/lib" "[constructor]thing" (func $new-thing (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:lazy/entry#run")
    (local $n i32)
    (call $note (memory.size))
    (call $note (call $pages))
    (loop $next
      (i32.store (i32.const 256) (call $new-thing (i32.const 0)))
      (i32.store (i32.const 260) (call $new-thing (i32.const 0)))
      (call $ignore-things (i32.const 256) (i32.const 2))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 1_000_000))))
    ;; The number of a handle of the next: the first ones are free.
    (call $note (i32.lt_u (call $new-thing (i32.const 0)) (i32.const 5)))
    (call $note (memory.size))
    (call $note (call $pages))))
