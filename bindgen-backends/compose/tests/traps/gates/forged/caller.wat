;; No ticket was given to the caller. The callee has one: the first that the engine knows.
(module
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (drop (call $hold (i32.const 10)))
    (drop (call $number (i32.const 1)))))
