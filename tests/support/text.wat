;; Texts of native guests: UTF-8 in arrays.
(func $concat (param $a (ref $string)) (param $b (ref $string)) (result (ref $string))
  (local $both (ref $string))
  (local.set $both
    (array.new_default $string (i32.add (array.len (local.get $a)) (array.len (local.get $b)))))
  (array.copy $string $string
    (local.get $both) (i32.const 0) (local.get $a) (i32.const 0) (array.len (local.get $a)))
  (array.copy $string $string
    (local.get $both) (array.len (local.get $a)) (local.get $b) (i32.const 0) (array.len (local.get $b)))
  (local.get $both))
(func $slice (param $of (ref $string)) (param $start i32) (param $end i32) (result (ref $string))
  (local $part (ref $string))
  (local.set $part (array.new_default $string (i32.sub (local.get $end) (local.get $start))))
  (array.copy $string $string
    (local.get $part) (i32.const 0) (local.get $of) (local.get $start) (array.len (local.get $part)))
  (local.get $part))
(func $repeat (param $of (ref $string)) (param $times i32) (result (ref $string))
  (local $all (ref $string)) (local $at i32)
  (local.set $all (array.new_default $string (i32.mul (array.len (local.get $of)) (local.get $times))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $all))))
      (array.copy $string $string
        (local.get $all) (local.get $at) (local.get $of) (i32.const 0) (array.len (local.get $of)))
      (local.set $at (i32.add (local.get $at) (array.len (local.get $of))))
      (br $next)))
  (local.get $all))
;; Negative, 0 or positive as the bytes of the first come before, with or behind those of the second.
(func $compare (param $a (ref $string)) (param $b (ref $string)) (result i32)
  (local $at i32) (local $difference i32)
  (loop $next
    (if (i32.or
          (i32.ge_u (local.get $at) (array.len (local.get $a)))
          (i32.ge_u (local.get $at) (array.len (local.get $b))))
      (then (return (i32.sub (array.len (local.get $a)) (array.len (local.get $b))))))
    (local.set $difference
      (i32.sub
        (array.get_u $string (local.get $a) (local.get $at))
        (array.get_u $string (local.get $b) (local.get $at))))
    (if (local.get $difference) (then (return (local.get $difference))))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br $next))
  (unreachable))
(func $equal (param $a (ref $string)) (param $b (ref $string)) (result i32)
  (i32.eqz (call $compare (local.get $a) (local.get $b))))
;; A number in decimal.
(func $decimal (param $number i64) (result (ref $string))
  (local $digits (ref $string)) (local $at i32) (local $rest i64)
  (local.set $digits (array.new_default $string (i32.const 20)))
  (local.set $at (i32.const 20))
  (local.set $rest
    (select
      (i64.sub (i64.const 0) (local.get $number)) (local.get $number)
      (i64.lt_s (local.get $number) (i64.const 0))))
  (loop $next
    (local.set $at (i32.sub (local.get $at) (i32.const 1)))
    (array.set $string (local.get $digits) (local.get $at)
      (i32.add (i32.const 0x30) (i32.wrap_i64 (i64.rem_u (local.get $rest) (i64.const 10)))))
    (br_if $next (i64.ne (i64.const 0) (local.tee $rest (i64.div_u (local.get $rest) (i64.const 10))))))
  (if (i64.lt_s (local.get $number) (i64.const 0))
    (then
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (array.set $string (local.get $digits) (local.get $at) (i32.const 0x2d))))
  (call $slice (local.get $digits) (local.get $at) (i32.const 20)))
;; How many bytes a character has whose first is this.
(func $width (param $first i32) (result i32)
  (if (i32.lt_u (local.get $first) (i32.const 0x80)) (then (return (i32.const 1))))
  (if (i32.lt_u (local.get $first) (i32.const 0xe0)) (then (return (i32.const 2))))
  (select (i32.const 3) (i32.const 4) (i32.lt_u (local.get $first) (i32.const 0xf0))))
;; The character that begins at a byte.
(func $character (param $text (ref $string)) (param $at i32) (result i32)
  (local $first i32) (local $rest i32)
  (local.set $first (array.get_u $string (local.get $text) (local.get $at)))
  (if (i32.lt_u (local.get $first) (i32.const 0x80)) (then (return (local.get $first))))
  (local.set $rest (call $width (local.get $first)))
  (local.set $first
    (i32.and (local.get $first) (i32.shr_u (i32.const 0x7f) (local.get $rest))))
  (loop $next
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (local.set $first
      (i32.or
        (i32.shl (local.get $first) (i32.const 6))
        (i32.and (array.get_u $string (local.get $text) (local.get $at)) (i32.const 0x3f))))
    (br_if $next (i32.gt_u (local.tee $rest (i32.sub (local.get $rest) (i32.const 1))) (i32.const 1))))
  (local.get $first))
;; The text of one character.
(func $of-character (param $character i32) (result (ref $string))
  (local $text (ref $string)) (local $at i32)
  (if (i32.lt_u (local.get $character) (i32.const 0x80))
    (then (return (array.new_fixed $string 1 (local.get $character)))))
  (local.set $at
    (if (result i32) (i32.lt_u (local.get $character) (i32.const 0x800))
      (then (i32.const 1))
      (else (select (i32.const 2) (i32.const 3) (i32.lt_u (local.get $character) (i32.const 0x10000))))))
  (local.set $text (array.new_default $string (i32.add (local.get $at) (i32.const 1))))
  (array.set $string (local.get $text) (i32.const 0)
    (i32.or
      (i32.shr_s (i32.const -128) (local.get $at))
      (i32.shr_u (local.get $character) (i32.mul (local.get $at) (i32.const 6)))))
  (loop $next
    (array.set $string (local.get $text) (local.get $at)
      (i32.or (i32.const 0x80) (i32.and (local.get $character) (i32.const 0x3f))))
    (local.set $character (i32.shr_u (local.get $character) (i32.const 6)))
    (br_if $next (local.tee $at (i32.sub (local.get $at) (i32.const 1)))))
  (local.get $text))
