(component
  (import "next" (func $next (result u32)))
  (core func $next (canon lower (func $next)))
  (core module $main
    (import "" "next" (func $next (result i32)))
    (func (export "run") (result i32) (i32.add (i32.mul (call $next) (i32.const 10)) (call $next))))
  (core instance $main (instantiate $main (with "" (instance (export "next" (func $next))))))
  (func $lifted (result u32) (canon lift (core func $main "run")))
  (export "run" (func $lifted)))
