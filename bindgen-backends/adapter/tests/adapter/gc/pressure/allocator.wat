;; The memory of a guest, with a realloc that the guest resets.
(module
  (memory (export "memory") 1 1)
  (global $next (export "next") (mut i32) (i32.const 1024))
  (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $new i32)
    (local.set $new
      (i32.and
        (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $new) (local.get $size)))
    (memory.copy (local.get $new) (local.get $old)
      (select (local.get $size) (local.get $old-size) (i32.lt_u (local.get $size) (local.get $old-size))))
    (local.get $new)))
