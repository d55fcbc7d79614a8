;; The caller drops the ticket of the callee.
(module
  (import "test:gates/host" "[resource-drop]ticket" (func $drop-ticket (param i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (call $drop-ticket (call $hold (i32.const 10)))))
