;; More handles at a time than a page of a table has room for; each is what it was, and dropped once.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/things" "[method]thing.value" (func $value (param i32) (result i32)))
  (import "test:handles/things" "[resource-drop]thing" (func $drop (param i32)))
  (func (export "test:handles/entry#run")
    (local $n i32) (local $it i32)
    (loop $make
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (local.set $it (call $new (local.get $n)))
      (br_if $make (i32.lt_u (local.get $n) (i32.const 10000))))
    ;; They were given one after the other: the last is the 10000th.
    (loop $check
      (if (i32.ne (call $value (local.get $it)) (local.get $n)) (then (unreachable)))
      (local.set $it (i32.sub (local.get $it) (i32.const 1)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $check (local.get $n)))
    (call $drop (i32.add (local.get $it) (i32.const 1)))
    (call $drop (i32.add (local.get $it) (i32.const 10000)))))
