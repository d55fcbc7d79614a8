;; The callee tells the index of its ticket, which means nothing in the table of the caller.
(module
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (drop (call $number (call $hold (i32.const 10))))))
