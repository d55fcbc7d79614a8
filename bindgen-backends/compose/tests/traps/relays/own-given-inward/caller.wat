(module
  (import "test:relays/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (func (export "test:relays/entry#run") (drop (call $new (i32.const 5)))))
