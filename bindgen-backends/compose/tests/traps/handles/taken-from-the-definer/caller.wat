;; The callee itself holds a thing: still the index means nothing to it that the caller has.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "drop-at" (func $drop-at (param i32)))
  (func (export "test:handles/entry#run")
    (call $drop-at (call $new (i32.const 10)))))
