;; No handle was ever given to the caller.
(module
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $value (i32.const 1)))))
