(type $numbers (array (mut i32)))
(type $steps (array (mut (ref null $numbers))))
(func (export "[abi=gc]test:fixed-lists-owned/fixed-lists-owned#reverse") (param $s (ref $strings)) (result (ref $strings))
  (array.new_fixed $strings 4
    (array.get $strings (local.get $s) (i32.const 3))
    (array.get $strings (local.get $s) (i32.const 2))
    (array.get $strings (local.get $s) (i32.const 1))
    (array.get $strings (local.get $s) (i32.const 0))))
(func (export "[abi=gc]test:fixed-lists-owned/fixed-lists-owned#staircase") (result (ref $steps))
  (array.new_fixed $steps 3
    (array.new_fixed $numbers 0)
    (array.new_fixed $numbers 1 (i32.const 1))
    (array.new_fixed $numbers 2 (i32.const 2) (i32.const 2))))
(func (export "[abi=gc]test:fixed-lists-owned/fixed-lists-owned#join") (param $s (ref $strings)) (result (ref $string))
  (local $all (ref $string)) (local $at i32)
  (local.set $all (array.new_fixed $string 0))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (i32.const 9)))
      (if (local.get $at) (then (local.set $all (call $concat (local.get $all) (text ",")))))
      (local.set $all
        (call $concat (local.get $all) (ref.as_non_null (array.get $strings (local.get $s) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
