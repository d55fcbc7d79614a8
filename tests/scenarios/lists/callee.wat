(type $bytes (array (mut i8)))
(type $words (array (mut i16)))
(type $ints (array (mut i32)))
(type $longs (array (mut i64)))
(type $singles (array (mut f32)))
(type $doubles (array (mut f64)))
(type $groups (array (mut (ref null $strings))))
(type $point (struct (field i32) (field i32) (field (ref $string))))
(type $points (array (mut (ref null $point))))
(type $lists (array (mut (ref null $bytes))))
(type $list-lists (array (mut (ref null $lists))))
(func (export "[abi=gc]test:lists/lists#xor-bytes") (param $data (ref $bytes)) (param $mask i32) (result (ref $bytes))
  (local $all (ref $bytes)) (local $at i32)
  (local.set $all (array.new_default $bytes (array.len (local.get $data))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $data))))
      (array.set $bytes (local.get $all) (local.get $at) (i32.xor (array.get_u $bytes (local.get $data) (local.get $at)) (local.get $mask)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func (export "[abi=gc]test:lists/lists#iota") (param $start i64) (param $count i32) (result (ref $longs))
  (local $all (ref $longs)) (local $at i32)
  (local.set $all (array.new_default $longs (local.get $count)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $all))))
      (array.set $longs (local.get $all) (local.get $at) (i64.add (local.get $start) (i64.extend_i32_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func (export "[abi=gc]test:lists/lists#sum") (param $numbers (ref $longs)) (result i64)
  (local $sum i64) (local $at i32)
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $numbers))))
      (local.set $sum (i64.add (local.get $sum) (array.get $longs (local.get $numbers) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $sum))
(global $widened (mut i32) (i32.const 0))
(func $push (param $all (ref $doubles)) (param $number f64)
  (array.set $doubles (local.get $all) (global.get $widened) (local.get $number))
  (global.set $widened (i32.add (global.get $widened) (i32.const 1))))
(func (export "[abi=gc]test:lists/lists#widen")
  (param $a (ref $bytes)) (param $b (ref $words)) (param $c (ref $words)) (param $d (ref $ints)) (param $e (ref $ints))
  (param $f (ref $longs)) (param $g (ref $singles)) (result (ref $doubles))
  (local $all (ref $doubles)) (local $at i32)
  (global.set $widened (i32.const 0))
  (local.set $all
    (array.new_default $doubles
      (i32.add
        (i32.add
          (i32.add (array.len (local.get $a)) (array.len (local.get $b)))
          (i32.add (array.len (local.get $c)) (array.len (local.get $d))))
        (i32.add
          (i32.add (array.len (local.get $e)) (array.len (local.get $f)))
          (array.len (local.get $g))))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $a))))
      (call $push (local.get $all) (f64.convert_i32_s (array.get_s $bytes (local.get $a) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $b))))
      (call $push (local.get $all) (f64.convert_i32_u (array.get_u $words (local.get $b) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $c))))
      (call $push (local.get $all) (f64.convert_i32_s (array.get_s $words (local.get $c) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $d))))
      (call $push (local.get $all) (f64.convert_i32_u (array.get $ints (local.get $d) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $e))))
      (call $push (local.get $all) (f64.convert_i32_s (array.get $ints (local.get $e) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $f))))
      (call $push (local.get $all) (f64.convert_i64_s (array.get $longs (local.get $f) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $g))))
      (call $push (local.get $all) (f64.promote_f32 (array.get $singles (local.get $g) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func (export "[abi=gc]test:lists/lists#invert") (param $bits (ref $bytes)) (result (ref $bytes))
  (local $all (ref $bytes)) (local $at i32)
  (local.set $all (array.new_default $bytes (array.len (local.get $bits))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $bits))))
      (array.set $bytes (local.get $all) (local.get $at) (i32.eqz (array.get_u $bytes (local.get $bits) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func (export "[abi=gc]test:lists/lists#explode") (param $s (ref $string)) (result (ref $ints))
  (local $all (ref $ints)) (local $at i32) (local $count i32)
  (local.set $all (array.new_default $ints (array.len (local.get $s))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $s))))
      (array.set $ints (local.get $all) (local.get $count) (call $character (local.get $s) (local.get $at)))
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (local.set $at
        (i32.add (local.get $at) (call $width (array.get_u $string (local.get $s) (local.get $at)))))
      (br $next)))
  (call $cut (local.get $all) (local.get $count)))
(func $cut (param $all (ref $ints)) (param $count i32) (result (ref $ints))
  (local $part (ref $ints))
  (local.set $part (array.new_default $ints (local.get $count)))
  (array.copy $ints $ints
    (local.get $part) (i32.const 0) (local.get $all) (i32.const 0) (local.get $count))
  (local.get $part))
(func (export "[abi=gc]test:lists/lists#implode") (param $chars (ref $ints)) (result (ref $string))
  (local $all (ref $string)) (local $one (ref $string)) (local $at i32) (local $length i32)
  (local.set $all (array.new_default $string (i32.shl (array.len (local.get $chars)) (i32.const 2))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $chars))))
      (local.set $one (call $of-character (array.get $ints (local.get $chars) (local.get $at))))
      (array.copy $string $string
        (local.get $all) (local.get $length) (local.get $one) (i32.const 0) (array.len (local.get $one)))
      (local.set $length (i32.add (local.get $length) (array.len (local.get $one))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (call $slice (local.get $all) (i32.const 0) (local.get $length)))
(func $text-of (param $all (ref $strings)) (param $index i32) (result (ref $string))
  (ref.as_non_null (array.get $strings (local.get $all) (local.get $index))))
;; Merges two halves that are sorted, from bottom to top.
(func (export "[abi=gc]test:lists/lists#sort") (param $all (ref $strings)) (result (ref $strings))
  (local $from (ref $strings)) (local $to (ref $strings)) (local $swapped (ref $strings))
  (local $width i32) (local $start i32) (local $length i32)
  (local.set $length (array.len (local.get $all)))
  (local.set $from (local.get $all))
  (local.set $to (array.new_default $strings (local.get $length)))
  (local.set $width (i32.const 1))
  (block $sorted
    (loop $wider
      (br_if $sorted (i32.ge_u (local.get $width) (local.get $length)))
      (local.set $start (i32.const 0))
      (block $done
        (loop $next
          (br_if $done (i32.ge_u (local.get $start) (local.get $length)))
          (call $merge (local.get $from) (local.get $to) (local.get $start) (local.get $width))
          (local.set $start (i32.add (local.get $start) (i32.shl (local.get $width) (i32.const 1))))
          (br $next)))
      (local.set $swapped (local.get $from))
      (local.set $from (local.get $to))
      (local.set $to (local.get $swapped))
      (local.set $width (i32.shl (local.get $width) (i32.const 1)))
      (br $wider)))
  (local.get $from))
(func $least (param $a i32) (param $b i32) (result i32)
  (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))
(func $merge (param $from (ref $strings)) (param $to (ref $strings)) (param $start i32) (param $width i32)
  (local $left i32) (local $middle i32) (local $right i32) (local $end i32) (local $at i32) (local $takes-left i32)
  (local.set $left (local.get $start))
  (local.set $middle
    (call $least (i32.add (local.get $start) (local.get $width)) (array.len (local.get $from))))
  (local.set $right (local.get $middle))
  (local.set $end
    (call $least (i32.add (local.get $middle) (local.get $width)) (array.len (local.get $from))))
  (local.set $at (local.get $start))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (local.set $takes-left (i32.lt_u (local.get $left) (local.get $middle)))
      (if (i32.and (local.get $takes-left) (i32.lt_u (local.get $right) (local.get $end)))
        (then
          (local.set $takes-left
            (i32.le_s
              (call $compare
                (call $text-of (local.get $from) (local.get $left))
                (call $text-of (local.get $from) (local.get $right)))
              (i32.const 0)))))
      (if (local.get $takes-left)
        (then
          (array.set $strings (local.get $to) (local.get $at) (call $text-of (local.get $from) (local.get $left)))
          (local.set $left (i32.add (local.get $left) (i32.const 1))))
        (else
          (array.set $strings (local.get $to) (local.get $at) (call $text-of (local.get $from) (local.get $right)))
          (local.set $right (i32.add (local.get $right) (i32.const 1)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))))
(func $group (param $groups (ref $groups)) (param $index i32) (result (ref $strings))
  (ref.as_non_null (array.get $groups (local.get $groups) (local.get $index))))
(func (export "[abi=gc]test:lists/lists#flatten") (param $groups (ref $groups)) (result (ref $strings))
  (local $all (ref $strings)) (local $at i32) (local $length i32)
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $groups))))
      (local.set $length (i32.add (local.get $length) (array.len (call $group (local.get $groups) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $all (array.new_default $strings (local.get $length)))
  (local.set $length (i32.const 0))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $groups))))
      (array.copy $strings $strings
        (local.get $all) (local.get $length) (call $group (local.get $groups) (local.get $at)) (i32.const 0)
        (array.len (call $group (local.get $groups) (local.get $at))))
      (local.set $length (i32.add (local.get $length) (array.len (call $group (local.get $groups) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func $with (param $all (ref $strings)) (param $text (ref $string)) (result (ref $strings))
  (local $more (ref $strings))
  (local.set $more (array.new $strings (local.get $text) (i32.add (array.len (local.get $all)) (i32.const 1))))
  (array.copy $strings $strings
    (local.get $more) (i32.const 0) (local.get $all) (i32.const 0) (array.len (local.get $all)))
  (local.get $more))
(func (export "[abi=gc]test:lists/lists#group-by-length") (param $strings (ref $strings)) (result (ref $groups))
  (local $groups (ref $groups)) (local $text (ref $string)) (local $at i32) (local $longest i32)
  (local.set $longest (i32.const -1))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $strings))))
      (local.set $text (call $text-of (local.get $strings) (local.get $at)))
      (if (i32.gt_s (array.len (local.get $text)) (local.get $longest))
        (then (local.set $longest (array.len (local.get $text)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.set $groups
    (array.new $groups (array.new_fixed $strings 0) (i32.add (local.get $longest) (i32.const 1))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $strings))))
      (local.set $text (call $text-of (local.get $strings) (local.get $at)))
      (array.set $groups (local.get $groups) (array.len (local.get $text))
        (call $with (call $group (local.get $groups) (array.len (local.get $text))) (local.get $text)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $groups))
(func (export "[abi=gc]test:lists/lists#translate") (param $points (ref $points)) (param $dx i32) (param $dy i32) (result (ref $points))
  (local $all (ref $points)) (local $point (ref $point)) (local $at i32)
  (local.set $all (array.new_default $points (array.len (local.get $points))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $points))))
      (local.set $point (ref.as_non_null (array.get $points (local.get $points) (local.get $at))))
      (array.set $points (local.get $all) (local.get $at)
        (struct.new $point
          (i32.add (struct.get $point 0 (local.get $point)) (local.get $dx))
          (i32.add (struct.get $point 1 (local.get $point)) (local.get $dy))
          (call $concat (struct.get $point 2 (local.get $point)) (text "'"))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func $bytes-in (param $lists (ref $lists)) (result i32)
  (local $at i32) (local $sum i32)
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $lists))))
      (local.set $sum (i32.add (local.get $sum) (array.len (array.get $lists (local.get $lists) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $sum))
(func (export "[abi=gc]test:lists/lists#weigh") (param $groups (ref $list-lists)) (result (ref $ints))
  (local $all (ref $ints)) (local $at i32)
  (local.set $all (array.new_default $ints (array.len (local.get $groups))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $groups))))
      (array.set $ints (local.get $all) (local.get $at)
        (call $bytes-in (ref.as_non_null (array.get $list-lists (local.get $groups) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
