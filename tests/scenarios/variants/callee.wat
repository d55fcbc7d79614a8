(type $size (struct (field i16) (field f64)))
(type $both (struct (field i8) (field f64)))
(type $numbers (array (mut i32)))
(rec
  (type $value (sub (struct)))
  (type $value-nothing (sub final $value (struct)))
  (type $value-small (sub final $value (struct (field f32))))
  (type $value-large (sub final $value (struct (field i64))))
  (type $value-text (sub final $value (struct (field (ref $string)))))
  (type $value-both (sub final $value (struct (field (ref $both)))))
  (type $value-numbers (sub final $value (struct (field (ref $numbers)))))
  (type $value-sized (sub final $value (struct (field (ref $size))))))
(rec
  (type $word (sub (struct)))
  (type $word-int (sub final $word (struct (field i32))))
  (type $word-float (sub final $word (struct (field f32)))))
(rec
  (type $double-word (sub (struct)))
  (type $double-word-int (sub final $double-word (struct (field i64))))
  (type $double-word-float (sub final $double-word (struct (field f64))))
  (type $double-word-word (sub final $double-word (struct (field (ref $word))))))
(type $values (array (mut (ref null $value))))
(func (export "[abi=gc]test:variants/variants#name") (param $v (ref $value)) (result (ref $string))
  (if (ref.test (ref $value-nothing) (local.get $v))
    (then (return (text "nothing"))))
  (if (ref.test (ref $value-small) (local.get $v))
    (then (return (text "small"))))
  (if (ref.test (ref $value-large) (local.get $v))
    (then (return (text "large"))))
  (if (ref.test (ref $value-text) (local.get $v))
    (then (return (text "text"))))
  (if (ref.test (ref $value-both) (local.get $v))
    (then (return (text "both"))))
  (if (ref.test (ref $value-numbers) (local.get $v))
    (then (return (text "numbers"))))
  (text "sized"))
(func (export "[abi=gc]test:variants/variants#make") (param $kind i32) (param $n i64) (param $text (ref $string)) (result (ref $value))
  (local $numbers (ref $numbers)) (local $at i32)
  (local.set $kind (i32.rem_u (local.get $kind) (i32.const 7)))
  (if (i32.eqz (local.get $kind)) (then (return (struct.new $value-nothing))))
  (if (i32.eq (local.get $kind) (i32.const 1))
    (then (return (struct.new $value-small (f32.convert_i64_u (local.get $n))))))
  (if (i32.eq (local.get $kind) (i32.const 2)) (then (return (struct.new $value-large (local.get $n)))))
  (if (i32.eq (local.get $kind) (i32.const 3)) (then (return (struct.new $value-text (local.get $text)))))
  (if (i32.eq (local.get $kind) (i32.const 4))
    (then
      (return
        (struct.new $value-both
          (struct.new $both (i32.wrap_i64 (local.get $n)) (f64.convert_i64_u (local.get $n)))))))
  (if (i32.eq (local.get $kind) (i32.const 6))
    (then
      (return
        (struct.new $value-sized
          (struct.new $size (i32.wrap_i64 (local.get $n)) (f64.convert_i64_u (local.get $n)))))))
  (local.set $numbers (array.new_default $numbers (i32.wrap_i64 (local.get $n))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $numbers))))
      (array.set $numbers (local.get $numbers) (local.get $at) (local.get $at))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (struct.new $value-numbers (local.get $numbers)))
(func (export "[abi=gc]test:variants/variants#grow") (param $v (ref $value)) (result (ref $value))
  (local $numbers (ref $numbers)) (local $twice (ref $numbers)) (local $length i32)
  (if (ref.test (ref $value-small) (local.get $v))
    (then (return (struct.new $value-small (f32.mul (struct.get $value-small 0 (ref.cast (ref $value-small) (local.get $v))) (f32.const 2))))))
  (if (ref.test (ref $value-large) (local.get $v))
    (then (return (struct.new $value-large (i64.shl (struct.get $value-large 0 (ref.cast (ref $value-large) (local.get $v))) (i64.const 1))))))
  (if (ref.test (ref $value-text) (local.get $v))
    (then (return (struct.new $value-text (call $repeat (struct.get $value-text 0 (ref.cast (ref $value-text) (local.get $v))) (i32.const 2))))))
  (if (ref.test (ref $value-both) (local.get $v))
    (then (return 
      (struct.new $value-both
        (struct.new $both
          (i32.shl (struct.get_u $both 0 (struct.get $value-both 0 (ref.cast (ref $value-both) (local.get $v)))) (i32.const 1))
          (f64.mul (struct.get $both 1 (struct.get $value-both 0 (ref.cast (ref $value-both) (local.get $v)))) (f64.const 2)))))))
  (if (ref.test (ref $value-sized) (local.get $v))
    (then (return 
      (struct.new $value-sized
        (struct.new $size
          (i32.shl (struct.get_u $size 0 (struct.get $value-sized 0 (ref.cast (ref $value-sized) (local.get $v)))) (i32.const 1))
          (f64.mul (struct.get $size 1 (struct.get $value-sized 0 (ref.cast (ref $value-sized) (local.get $v)))) (f64.const 2)))))))
  (if (i32.eqz (ref.test (ref $value-numbers) (local.get $v))) (then (return (local.get $v))))
  (local.set $numbers (struct.get $value-numbers 0 (ref.cast (ref $value-numbers) (local.get $v))))
  (local.set $length (array.len (local.get $numbers)))
  (local.set $twice (array.new_default $numbers (i32.shl (local.get $length) (i32.const 1))))
  (array.copy $numbers $numbers
    (local.get $twice) (i32.const 0) (local.get $numbers) (i32.const 0) (local.get $length))
  (array.copy $numbers $numbers
    (local.get $twice) (local.get $length) (local.get $numbers) (i32.const 0) (local.get $length))
  (struct.new $value-numbers (local.get $twice)))
(func $weight (param $v (ref $value)) (result f64)
  (local $numbers (ref $numbers)) (local $at i32) (local $sum f64)
  (if (ref.test (ref $value-nothing) (local.get $v))
    (then (return (f64.const 0))))
  (if (ref.test (ref $value-small) (local.get $v))
    (then (return (f64.promote_f32 (struct.get $value-small 0 (ref.cast (ref $value-small) (local.get $v)))))))
  (if (ref.test (ref $value-large) (local.get $v))
    (then (return (f64.convert_i64_u (struct.get $value-large 0 (ref.cast (ref $value-large) (local.get $v)))))))
  (if (ref.test (ref $value-text) (local.get $v))
    (then (return (f64.convert_i32_u (array.len (struct.get $value-text 0 (ref.cast (ref $value-text) (local.get $v))))))))
  (if (ref.test (ref $value-both) (local.get $v))
    (then (return 
      (f64.add
        (f64.convert_i32_u (struct.get_u $both 0 (struct.get $value-both 0 (ref.cast (ref $value-both) (local.get $v)))))
        (struct.get $both 1 (struct.get $value-both 0 (ref.cast (ref $value-both) (local.get $v))))))))
  (if (ref.test (ref $value-sized) (local.get $v))
    (then (return 
      (f64.add
        (f64.convert_i32_u (struct.get_u $size 0 (struct.get $value-sized 0 (ref.cast (ref $value-sized) (local.get $v)))))
        (struct.get $size 1 (struct.get $value-sized 0 (ref.cast (ref $value-sized) (local.get $v))))))))
  (local.set $numbers (struct.get $value-numbers 0 (ref.cast (ref $value-numbers) (local.get $v))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $numbers))))
      (local.set $sum
        (f64.add (local.get $sum) (f64.convert_i32_u (array.get $numbers (local.get $numbers) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $sum))
(func (export "[abi=gc]test:variants/variants#total") (param $values (ref $values)) (result f64)
  (local $at i32) (local $sum f64)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $values))))
      (local.set $sum
        (f64.add
          (local.get $sum)
          (call $weight (ref.as_non_null (array.get $values (local.get $values) (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $sum))
(func $reinterpret (export "[abi=gc]test:variants/variants#reinterpret") (param $w (ref $word)) (result (ref $word))
  (if (result (ref $word)) (ref.test (ref $word-int) (local.get $w))
    (then (struct.new $word-float (f32.reinterpret_i32 (struct.get $word-int 0 (ref.cast (ref $word-int) (local.get $w))))))
    (else (struct.new $word-int (i32.reinterpret_f32 (struct.get $word-float 0 (ref.cast (ref $word-float) (local.get $w))))))))
(func (export "[abi=gc]test:variants/variants#reinterpret-double") (param $w (ref $double-word)) (result (ref $double-word))
  (if (ref.test (ref $double-word-int) (local.get $w))
    (then
      (return
        (struct.new $double-word-float
          (f64.reinterpret_i64 (struct.get $double-word-int 0 (ref.cast (ref $double-word-int) (local.get $w))))))))
  (if (ref.test (ref $double-word-float) (local.get $w))
    (then
      (return
        (struct.new $double-word-int
          (i64.reinterpret_f64 (struct.get $double-word-float 0 (ref.cast (ref $double-word-float) (local.get $w))))))))
  (struct.new $double-word-word
    (call $reinterpret (struct.get $double-word-word 0 (ref.cast (ref $double-word-word) (local.get $w))))))
(func (export "[abi=gc]test:variants/variants#reverse") (param $values (ref $values)) (result (ref $values))
  (local $reversed (ref $values)) (local $at i32)
  (local.set $reversed (array.new_default $values (array.len (local.get $values))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $values))))
      (array.set $values
        (local.get $reversed) (i32.sub (i32.sub (array.len (local.get $values)) (local.get $at)) (i32.const 1))
        (array.get $values (local.get $values) (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $reversed))
