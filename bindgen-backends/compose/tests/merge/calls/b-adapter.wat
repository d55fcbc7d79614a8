(module
  (import "a-guest" "memory" (memory 1))
  (import "a-guest" "out" (func $out (param i32) (result i32)))
  (import "outside" "in" (func $outside (param i32) (result i32)))
  (global $count (mut i32) (i32.const 0))
  (func $in (export "private-in") (export "in") (param i32) (result i32)
    (global.set $count (i32.add (global.get $count) (i32.load (local.get 0))))
    (call $outside (call $out (global.get $count)))))
