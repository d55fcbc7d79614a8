;; The caller has no handle at all, and the index is far behind the memory of its table.
(module
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $value (i32.const -1)))))
