(component
  (import "test:d/d" (instance $up (export "next" (func (result u32)))))
  (core func $up (canon lower (func $up "next")))
  (core module $main
    (import "" "up" (func $up (result i32)))
    (func (export "next") (result i32) (i32.mul (call $up) (i32.const 100))))
  (core instance $main (instantiate $main (with "" (instance (export "up" (func $up))))))
  (func $lifted (result u32) (canon lift (core func $main "next")))
  (instance $exported (export "next" (func $lifted)))
  (export "test:d/c" (instance $exported)))
