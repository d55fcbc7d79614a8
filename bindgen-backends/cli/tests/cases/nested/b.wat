(component
  (core module $main
    (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
  (core instance $main (instantiate $main))
  (func $lifted (param "x" u32) (result u32) (canon lift (core func $main "f")))
  (instance $exported (export "f" (func $lifted)))
  (export "test:chain/b" (instance $exported))
  (core type (func)))
