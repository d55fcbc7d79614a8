;; A ticket is dropped as a stamp.
(module
  (import "test:gates/host" "[constructor]ticket" (func $new (param i32) (result i32)))
  (import "test:gates/host" "[resource-drop]stamp" (func $drop-stamp (param i32)))
  (import "test:gates/desk" "hold" (func $hold (param i32) (result i32)))
  (func (export "test:gates/entry#run")
    (call $drop-stamp (call $new (i32.const 10)))))
