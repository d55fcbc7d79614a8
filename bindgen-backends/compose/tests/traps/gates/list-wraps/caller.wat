;; The end of the list would be at address 4.
(module
  (import "test:gates/host" "sum" (func $sum (param i32 i32) (result i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (import "test:gates/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "test:gates/entry#run")
    (drop (call $sum (i32.const 0xffff_fffc) (i32.const 2)))))
