(component
  (import "test:count/left" (instance $left (export "next" (func (result u32)))))
  (import "test:count/right" (instance $right (export "next" (func (result u32)))))
  (core func $left (canon lower (func $left "next")))
  (core func $right (canon lower (func $right "next")))
  (core module $main
    (import "" "left" (func $left (result i32)))
    (import "" "right" (func $right (result i32)))
    (func (export "run") (result i32)
      (i32.add (i32.mul (call $left) (i32.const 100))
        (i32.add (i32.mul (call $left) (i32.const 10)) (call $right)))))
  (core instance $main
    (instantiate $main (with "" (instance (export "left" (func $left)) (export "right" (func $right))))))
  (func $lifted (result u32) (canon lift (core func $main "run")))
  (instance $exported (export "run" (func $lifted)))
  (export "test:count/user" (instance $exported)))
