;; The outside, with a memory that cannot grow: it is free again when no arena is taken.
(module
  (memory (export "memory") 1 1)
  (global $next (mut i32) (i32.const 1024))
  (global $arena (mut i32) (i32.const 0))
  (global $live (mut i32) (i32.const 0))
  (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $new i32)
    (if (i32.eqz (global.get $arena))
      (then
        (global.set $live (i32.add (global.get $live) (i32.const 1)))
        (global.set $arena (i32.const 1))))
    (local.set $new
      (i32.and
        (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $new) (local.get $size)))
    (memory.copy (local.get $new) (local.get $old)
      (select (local.get $size) (local.get $old-size) (i32.lt_u (local.get $size) (local.get $old-size))))
    (local.get $new))
  (func (export "take-arena") (result i32)
    (global.get $arena)
    (global.set $arena (i32.const 0)))
  (func (export "set-arena") (param $arena i32) (global.set $arena (local.get $arena)))
  (func (export "free-arena") (param $arena i32)
    (if (local.get $arena)
      (then
        (global.set $live (i32.sub (global.get $live) (i32.const 1)))
        (if (i32.eqz (global.get $live)) (then (global.set $next (i32.const 1024))))))))
