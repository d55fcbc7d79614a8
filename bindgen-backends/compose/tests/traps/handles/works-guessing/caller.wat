;; A guest that guesses an index gets what it was given itself: both have a handle with the same index.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "hold" (func $hold (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (import "test:handles/middle" "value-at" (func $value-at (param i32) (result i32)))
  (import "test:handles/host" "note" (func $note (param i32)))
  (func (export "test:handles/entry#run")
    (local $theirs i32) (local $mine i32)
    (local.set $theirs (call $hold (call $new (i32.const 10))))
    (local.set $mine (call $new (i32.const 20)))
    (if (i32.ne (local.get $theirs) (local.get $mine)) (then (unreachable)))
    (call $note (call $value-at (local.get $mine)))
    (call $note (call $value (local.get $theirs)))))
