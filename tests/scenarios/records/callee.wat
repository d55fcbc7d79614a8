;; The field h of `mixed` is a character.
(type $mixed
  (struct (field i8) (field i64) (field i8) (field i32) (field i16) (field f64) (field i8) (field i32)))
(type $mixeds (array (mut (ref null $mixed))))
(type $point (struct (field f64) (field f64)))
(type $points (array (mut (ref null $point))))
(type $segment (struct (field (ref $point)) (field (ref $point)) (field (ref $string))))
(type $segments (array (mut (ref null $segment))))
(type $path (struct (field (ref $segments)) (field i8)))
(type $abc (struct (field i8) (field i64) (field (ref $string))))
(type $cba (struct (field (ref $string)) (field i64) (field i8)))
(type $ab (struct (field i16) (field f32)))
(type $ab-c (struct (field (ref $ab)) (field (ref $string))))
(type $bc (struct (field f32) (field (ref $string))))
(type $a-bc (struct (field i16) (field (ref $bc))))
(type $one (struct (field i32)))
(type $numbers (array (mut i32)))
(type $square (struct (field i32) (field i64)))
(type $squares (array (mut (ref null $square))))
(func (export "[abi=gc]test:records/records#bump") (param $m (ref $mixed)) (result (ref $mixed))
  (struct.new $mixed
    (i32.add (struct.get_u $mixed 0 (local.get $m)) (i32.const 1))
    (i64.add (struct.get $mixed 1 (local.get $m)) (i64.const 1))
    (i32.add (struct.get_s $mixed 2 (local.get $m)) (i32.const 1))
    (i32.add (struct.get $mixed 3 (local.get $m)) (i32.const 1))
    (i32.add (struct.get_u $mixed 4 (local.get $m)) (i32.const 1))
    (f64.mul (struct.get $mixed 5 (local.get $m)) (f64.const 2))
    (i32.eqz (struct.get_u $mixed 6 (local.get $m)))
    (i32.add (struct.get $mixed 7 (local.get $m)) (i32.const 1))))
(func $plus (param $a (ref $mixed)) (param $b (ref $mixed)) (result (ref $mixed))
  (struct.new $mixed
    (i32.add (struct.get_u $mixed 0 (local.get $a)) (struct.get_u $mixed 0 (local.get $b)))
    (i64.add (struct.get $mixed 1 (local.get $a)) (struct.get $mixed 1 (local.get $b)))
    (i32.add (struct.get_s $mixed 2 (local.get $a)) (struct.get_s $mixed 2 (local.get $b)))
    (i32.add (struct.get $mixed 3 (local.get $a)) (struct.get $mixed 3 (local.get $b)))
    (i32.add (struct.get_u $mixed 4 (local.get $a)) (struct.get_u $mixed 4 (local.get $b)))
    (f64.add (struct.get $mixed 5 (local.get $a)) (struct.get $mixed 5 (local.get $b)))
    (i32.or (struct.get_u $mixed 6 (local.get $a)) (struct.get_u $mixed 6 (local.get $b)))
    (select (struct.get $mixed 7 (local.get $a)) (struct.get $mixed 7 (local.get $b)) (i32.gt_u (struct.get $mixed 7 (local.get $a)) (struct.get $mixed 7 (local.get $b))))))
(func (export "[abi=gc]test:records/records#fold") (param $all (ref $mixeds)) (result (ref $mixed))
  (local $sum (ref $mixed)) (local $at i32)
  (local.set $sum (struct.new_default $mixed))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $all))))
      (local.set $sum
        (call $plus (local.get $sum) (ref.as_non_null (array.get $mixeds (local.get $all) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $sum))
(func (export "[abi=gc]test:records/records#reverse") (param $s (ref $segment)) (result (ref $segment))
  (struct.new $segment
    (struct.get $segment 1 (local.get $s)) (struct.get $segment 0 (local.get $s)) (struct.get $segment 2 (local.get $s))))
(func (export "[abi=gc]test:records/records#length-squared") (param $s (ref $segment)) (result f64)
  (local $dx f64) (local $dy f64)
  (local.set $dx
    (f64.sub
      (struct.get $point 0 (struct.get $segment 1 (local.get $s)))
      (struct.get $point 0 (struct.get $segment 0 (local.get $s)))))
  (local.set $dy
    (f64.sub
      (struct.get $point 1 (struct.get $segment 1 (local.get $s)))
      (struct.get $point 1 (struct.get $segment 0 (local.get $s)))))
  (f64.add (f64.mul (local.get $dx) (local.get $dx)) (f64.mul (local.get $dy) (local.get $dy))))
(func (export "[abi=gc]test:records/records#connect") (param $points (ref $points)) (result (ref $path))
  (local $segments (ref $segments)) (local $at i32) (local $length i32)
  (local.set $length (array.len (local.get $points)))
  (if (i32.eqz (local.get $length))
    (then (return (struct.new $path (array.new_fixed $segments 0) (i32.const 0)))))
  (local.set $segments (array.new_default $segments (i32.sub (local.get $length) (i32.const 1))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $segments))))
      (array.set $segments (local.get $segments) (local.get $at)
        (struct.new $segment
          (ref.as_non_null (array.get $points (local.get $points) (local.get $at)))
          (ref.as_non_null (array.get $points (local.get $points) (i32.add (local.get $at) (i32.const 1))))
          (call $concat (text "s") (call $decimal (i64.extend_i32_u (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (struct.new $path
    (local.get $segments)
    (call $same-point
      (ref.as_non_null (array.get $points (local.get $points) (i32.const 0)))
      (ref.as_non_null (array.get $points (local.get $points) (i32.sub (local.get $length) (i32.const 1)))))))
(func $same-point (param $a (ref $point)) (param $b (ref $point)) (result i32)
  (i32.and
    (f64.eq (struct.get $point 0 (local.get $a)) (struct.get $point 0 (local.get $b)))
    (f64.eq (struct.get $point 1 (local.get $a)) (struct.get $point 1 (local.get $b)))))
(func (export "[abi=gc]test:records/records#describe") (param $path (ref $path)) (result (ref $string))
  (local $segments (ref $segments)) (local $text (ref $string)) (local $at i32)
  (local.set $segments (struct.get $path 0 (local.get $path)))
  (local.set $text (array.new_fixed $string 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $segments))))
      (if (local.get $at) (then (local.set $text (call $concat (local.get $text) (text "-")))))
      (local.set $text
        (call $concat
          (local.get $text)
          (struct.get $segment 2 (array.get $segments (local.get $segments) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (if (struct.get_u $path 1 (local.get $path))
    (then (local.set $text (call $concat (local.get $text) (text "!")))))
  (local.get $text))
(func (export "[abi=gc]test:records/records#swap") (param $t (ref $abc)) (result (ref $cba))
  (struct.new $cba
    (struct.get $abc 2 (local.get $t)) (struct.get $abc 1 (local.get $t)) (struct.get_u $abc 0 (local.get $t))))
(func (export "[abi=gc]test:records/records#rotate") (param $t (ref $ab-c)) (result (ref $a-bc))
  (struct.new $a-bc
    (struct.get_u $ab 0 (struct.get $ab-c 0 (local.get $t)))
    (struct.new $bc
      (struct.get $ab 1 (struct.get $ab-c 0 (local.get $t))) (struct.get $ab-c 1 (local.get $t)))))
(func (export "[abi=gc]test:records/records#single") (param $t (ref $one)) (result (ref $one))
  (struct.new $one (i32.shl (struct.get $one 0 (local.get $t)) (i32.const 1))))
(func (export "[abi=gc]test:records/records#squares") (param $numbers (ref $numbers)) (result (ref $squares))
  (local $squares (ref $squares)) (local $at i32) (local $n i32)
  (local.set $squares (array.new_default $squares (array.len (local.get $numbers))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $numbers))))
      (local.set $n (array.get $numbers (local.get $numbers) (local.get $at)))
      (array.set $squares (local.get $squares) (local.get $at)
        (struct.new $square
          (local.get $n) (i64.mul (i64.extend_i32_u (local.get $n)) (i64.extend_i32_u (local.get $n)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $squares))
