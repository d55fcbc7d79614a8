(component
  (import "test:chain/b" (instance $up (export "f" (func (param "x" u32) (result u32)))))
  (core func $up (canon lower (func $up "f")))
  (core module $main
    (import "" "f" (func $up (param i32) (result i32)))
    (func (export "f") (param i32) (result i32) (i32.add (call $up (local.get 0)) (i32.const 1))))
  (core instance $main (instantiate $main (with "" (instance (export "f" (func $up))))))
  (func $lifted (param "x" u32) (result u32) (canon lift (core func $main "f")))
  (instance $exported (export "f" (func $lifted)))
  (export "test:chain/a" (instance $exported)))
