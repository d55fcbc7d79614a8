;; One `d` counts for both: 10 * 1 + 100 * 2.
(component
  (import "test:d/b" (instance $left (export "next" (func (result u32)))))
  (import "test:d/c" (instance $right (export "next" (func (result u32)))))
  (core func $left (canon lower (func $left "next")))
  (core func $right (canon lower (func $right "next")))
  (core module $main
    (import "" "left" (func $left (result i32)))
    (import "" "right" (func $right (result i32)))
    (func (export "run") (result i32)
      (i32.add (call $left) (call $right))))
  (core instance $main
    (instantiate $main (with "" (instance (export "left" (func $left)) (export "right" (func $right))))))
  (func $lifted (result u32) (canon lift (core func $main "run")))
  (instance $exported (export "run" (func $lifted)))
  (export "test:d/a" (instance $exported)))
