;; The handle is the caller's, but of another resource.
(module
  (import "test:handles/things" "[constructor]other" (func $new-other (param i32) (result i32)))
  (import "test:handles/things" "take" (func $take (param i32)))
  (func (export "test:handles/entry#run")
    (call $take (call $new-other (i32.const 10)))))
