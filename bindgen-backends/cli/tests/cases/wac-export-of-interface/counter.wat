(component
  (core module $main
    (global $count (mut i32) (i32.const 0))
    (func (export "next") (result i32)
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (global.get $count)))
  (core instance $main (instantiate $main))
  (func $lifted (result u32) (canon lift (core func $main "next")))
  (instance $exported (export "next" (func $lifted)))
  (export "test:count/counter" (instance $exported)))
