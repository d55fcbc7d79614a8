(type $old (struct (field i16) (field i16)))
;; The unit is an enum: pixels, points.
(type $new (struct (field i64) (field i64) (field i32)))
(type $news (array (mut (ref null $new))))
(rec
  (type $fitted (sub (struct)))
  (type $fitted-ok (sub final $fitted (struct (field (ref $old)))))
  (type $fitted-err (sub final $fitted (struct (field (ref $string))))))
(type $census (struct (field i32) (field i32)))
(func (export "[abi=gc]test:versions/versions#double-old") (param $size (ref $old)) (result (ref $old))
  (struct.new $old
    (i32.shl (struct.get_u $old 0 (local.get $size)) (i32.const 1))
    (i32.shl (struct.get_u $old 1 (local.get $size)) (i32.const 1))))
(func (export "[abi=gc]test:versions/versions#upgrade") (param $size (ref $old)) (param $unit i32) (result (ref $new))
  (struct.new $new
    (i64.extend_i32_u (struct.get_u $old 0 (local.get $size)))
    (i64.extend_i32_u (struct.get_u $old 1 (local.get $size)))
    (local.get $unit)))
(func (export "[abi=gc]test:versions/versions#downgrade") (param $size (ref $new)) (result (ref $fitted))
  (local $larger i64)
  (local.set $larger
    (select
      (struct.get $new 0 (local.get $size)) (struct.get $new 1 (local.get $size))
      (i64.gt_u (struct.get $new 0 (local.get $size)) (struct.get $new 1 (local.get $size)))))
  (if (i64.gt_u (local.get $larger) (i64.const 65535))
    (then (return (struct.new $fitted-err (call $decimal-unsigned (local.get $larger))))))
  (struct.new $fitted-ok
    (struct.new $old
      (i32.wrap_i64 (struct.get $new 0 (local.get $size)))
      (i32.wrap_i64 (struct.get $new 1 (local.get $size))))))
;; `$decimal` is of numbers with a sign: from 2^63 on, the last digit is apart.
(func $decimal-unsigned (param $number i64) (result (ref $string))
  (if (i64.ge_s (local.get $number) (i64.const 0)) (then (return (call $decimal (local.get $number)))))
  (call $concat
    (call $decimal (i64.div_u (local.get $number) (i64.const 10)))
    (call $decimal (i64.rem_u (local.get $number) (i64.const 10)))))
(func (export "[abi=gc]test:versions/versions#census") (param $sizes (ref $news)) (result (ref $census))
  (local $at i32) (local $points i32)
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $sizes))))
      (local.set $points
        (i32.add (local.get $points) (struct.get $new 2 (array.get $news (local.get $sizes) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (struct.new $census
    (i32.sub (array.len (local.get $sizes)) (local.get $points))
    (local.get $points)))
