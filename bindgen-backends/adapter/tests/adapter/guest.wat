;; A guest: a memory and a realloc that never frees.
(module
  (memory (export "memory") 256)
  (table (export "table") 1 funcref)
  (elem (i32.const 0) $realloc)
  ;; From 4096 up. What a test puts into the memory starts at 8 MiB.
  (global $next (export "next") (mut i32) (i32.const 4096))
  ;; Not 0: what realloc answers.
  (global $answer (export "answer") (mut i32) (i32.const 0))
  (func $realloc (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $new i32)
    (if (global.get $answer) (then (return (global.get $answer))))
    (local.set $new
      (i32.and
        (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $new) (local.get $size)))
    (memory.copy (local.get $new) (local.get $old)
      (select (local.get $size) (local.get $old-size)
        (i32.lt_u (local.get $size) (local.get $old-size))))
    (local.get $new))
)
