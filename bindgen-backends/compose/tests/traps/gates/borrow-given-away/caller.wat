;; The callee gives away what was lent to it.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/desk" "steal" (func $steal (param i32)))
  (func (export "test:gates/entry#run")
    (call $steal (call $new (i32.const 10)))))
