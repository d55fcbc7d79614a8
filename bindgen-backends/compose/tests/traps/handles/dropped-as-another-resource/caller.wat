;; The handle is the caller's, but of another resource.
(module
  (import "test:handles/things" "[constructor]other" (func $new-other (param i32) (result i32)))
  (import "test:handles/things" "[resource-drop]thing" (func $drop (param i32)))
  (func (export "test:handles/entry#run")
    (call $drop (call $new-other (i32.const 10)))))
