;; A stamp is no ticket.
(module
  (import "test:gates/host" "[constructor]stamp" (func $new-stamp (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (drop (call $number (call $new-stamp (i32.const 10))))))
