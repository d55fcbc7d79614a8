(module
  (import "[lazy]" "lower" (func $lower (param $handle i32) (param $start i32) (param $count i32) (param $to i32)))
  (memory (export "memory") 1)
  (func (export "[abi=cm1]test:guide/titles#count") (param $handle i32) (param $length i32) (result i32)
    (local $at i32)
    (local $found i32)
    (local.set $length (select (local.get $length) (i32.const 16) (i32.lt_u (local.get $length) (i32.const 16))))
    (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
    ;; The only bytes that are copied.
    (call $lower (local.get $handle) (i32.const 0) (local.get $length) (i32.const 64))
    (loop $next
      (local.set $found (i32.add (local.get $found)
        (i32.eq (i32.load8_u offset=64 (local.get $at)) (i32.const 97))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $length))))
    (local.get $found))
  (@custom "onramp:abi" "cm1 1\n"))
