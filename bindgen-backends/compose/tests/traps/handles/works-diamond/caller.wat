;; Two guests use the callee: a thing that the third guest makes is the caller's, then the third guest's again.
(module
  (import "test:handles/middle" "make" (func $make (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (import "test:handles/middle" "hold" (func $hold (param i32) (result i32)))
  (import "test:handles/middle" "value-at" (func $value-at (param i32) (result i32)))
  (import "test:handles/host" "note" (func $note (param i32)))
  (func (export "test:handles/entry#run")
    (local $it i32)
    (local.set $it (call $make (i32.const 10)))
    (call $note (call $value (local.get $it)))
    (call $note (call $value-at (call $hold (local.get $it))))))
