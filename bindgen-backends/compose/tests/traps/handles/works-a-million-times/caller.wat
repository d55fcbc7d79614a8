;; Tables do not grow with the number of calls: the index stays what it was, and the memories what they may be at most.
(module
  (import "test:handles/things" "[constructor]thing" (func $new (param i32) (result i32)))
  (import "test:handles/middle" "forward" (func $forward (param i32) (result i32)))
  (import "test:handles/things" "take" (func $take (param i32)))
  (import "test:handles/things" "[resource-drop]thing" (func $drop (param i32)))
  (func (export "test:handles/entry#run")
    (local $n i32) (local $first i32) (local $it i32)
    (local.set $first (call $new (i32.const 0)))
    (call $drop (local.get $first))
    (loop $next
      (local.set $it (call $new (i32.const 0)))
      (if (i32.ne (local.get $it) (local.get $first)) (then (unreachable)))
      (drop (call $forward (local.get $it)))
      (if (i32.and (local.get $n) (i32.const 1))
        (then (call $drop (local.get $it)))
        (else (call $take (local.get $it))))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 1_000_000))))))
