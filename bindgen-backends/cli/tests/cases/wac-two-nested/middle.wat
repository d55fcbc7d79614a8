(component
  (import "test:count/counter" (instance $counter (export "next" (func (result u32)))))
  (core func $next (canon lower (func $counter "next")))
  (core module $main
    (import "" "next" (func $next (result i32)))
    (func (export "next") (result i32) (call $next)))
  (core instance $main (instantiate $main (with "" (instance (export "next" (func $next))))))
  (func $lifted (result u32) (canon lift (core func $main "next")))
  (instance $exported (export "next" (func $lifted)))
  (export "test:count/middle" (instance $exported))
  (core type (func)))
