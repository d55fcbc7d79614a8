;; What the host calls is a function at the level of the world.
(component
  (import "test:chain/b" (instance $up (export "f" (func (param "x" u32) (result u32)))))
  (core func $up (canon lower (func $up "f")))
  (core module $main
    (import "" "f" (func $up (param i32) (result i32)))
    (func (export "run") (param i32) (result i32) (i32.mul (call $up (local.get 0)) (i32.const 10))))
  (core instance $main (instantiate $main (with "" (instance (export "f" (func $up))))))
  (func $lifted (param "x" u32) (result u32) (canon lift (core func $main "run")))
  (export "run" (func $lifted)))
