(component
  (core module $main
    (func (export "f") (param i64) (result i64) (i64.add (local.get 0) (i64.const 1))))
  (core instance $main (instantiate $main))
  (func $lifted (param "x" u64) (result u64) (canon lift (core func $main "f")))
  (instance $exported (export "f" (func $lifted)))
  (export "test:chain/b" (instance $exported)))
