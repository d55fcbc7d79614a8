;; The callee keeps what was lent to it.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/desk" "retain" (func $retain (param i32)))
  (func (export "test:gates/entry#run")
    (call $retain (call $new (i32.const 10)))))
