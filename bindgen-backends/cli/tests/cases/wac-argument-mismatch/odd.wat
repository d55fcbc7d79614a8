(component
  (core module $main
    (global $count (mut i64) (i64.const 0))
    (func (export "next") (result i64)
      (global.set $count (i64.add (global.get $count) (i64.const 1)))
      (global.get $count)))
  (core instance $main (instantiate $main))
  (func $lifted (result u64) (canon lift (core func $main "next")))
  (instance $exported (export "next" (func $lifted)))
  (export "test:count/counter" (instance $exported)))
