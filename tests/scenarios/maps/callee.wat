(type $name-number (struct (field (ref $string)) (field i32)))
(type $by-name (array (mut (ref null $name-number))))
(type $number-name (struct (field i32) (field (ref $string))))
(type $by-number (array (mut (ref null $number-name))))
(type $number-long (struct (field i32) (field i64)))
(type $longs (array (mut (ref null $number-long))))
(type $name-list (struct (field (ref $string)) (field (ref $strings))))
(type $lists (array (mut (ref null $name-list))))
(rec
  (type $found (sub (struct)))
  (type $found-none (sub final $found (struct)))
  (type $found-some (sub final $found (struct (field (ref $strings))))))
;; Of a number or a character, to a number.
(type $count (struct (field i32) (field i32)))
(type $counts (array (mut (ref null $count))))
(type $name-inner (struct (field (ref $string)) (field (ref $by-name))))
(type $nested (array (mut (ref null $name-inner))))
(type $byte-flag (struct (field i8) (field i8)))
(type $flags (array (mut (ref null $byte-flag))))
(type $all-flags (array (mut (ref null $flags))))
(type $numbers (array (mut i32)))
(func (export "[abi=gc]test:maps/maps#invert") (param $m (ref $by-name)) (result (ref $by-number))
  (local $all (ref $by-number)) (local $at i32) (local $entry (ref $name-number))
  (local.set $all (array.new_default $by-number (array.len (local.get $m))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $m))))
      (local.set $entry (ref.as_non_null (array.get $by-name (local.get $m) (local.get $at))))
      (array.set $by-number (local.get $all) (local.get $at)
        (struct.new $number-name
          (struct.get $name-number 1 (local.get $entry))
          (struct.get $name-number 0 (local.get $entry))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
;; A table of where each key's entry is, counted from 1: the first place from the key's own that is free or has the key.
(func $table (param $entries i32) (result (ref $numbers))
  (array.new_default $numbers
    (i32.shl (i32.const 4) (i32.sub (i32.const 32) (i32.clz (local.get $entries))))))
(func $own-place (param $table (ref $numbers)) (param $key i32) (result i32)
  (i32.and
    (i32.mul (local.get $key) (i32.const 0x9e3779b1))
    (i32.sub (array.len (local.get $table)) (i32.const 1))))
(func $next-place (param $table (ref $numbers)) (param $place i32) (result i32)
  (i32.and
    (i32.add (local.get $place) (i32.const 1))
    (i32.sub (array.len (local.get $table)) (i32.const 1))))
;; Puts an entry into a map that has this many: in place of that with its key, or behind all. The map's new length.
(func $put (param $all (ref $longs)) (param $length i32) (param $table (ref $numbers)) (param $entry (ref $number-long)) (result i32)
  (local $place i32) (local $at i32)
  (local.set $place (call $own-place (local.get $table) (struct.get $number-long 0 (local.get $entry))))
  (loop $next
    (local.set $at (array.get $numbers (local.get $table) (local.get $place)))
    (if (i32.eqz (local.get $at))
      (then
        (array.set $longs (local.get $all) (local.get $length) (local.get $entry))
        (local.set $length (i32.add (local.get $length) (i32.const 1)))
        (array.set $numbers (local.get $table) (local.get $place) (local.get $length))
        (return (local.get $length))))
    (local.set $at (i32.sub (local.get $at) (i32.const 1)))
    (if (i32.eq
          (struct.get $number-long 0 (array.get $longs (local.get $all) (local.get $at)))
          (struct.get $number-long 0 (local.get $entry)))
      (then
        (array.set $longs (local.get $all) (local.get $at) (local.get $entry))
        (return (local.get $length))))
    (local.set $place (call $next-place (local.get $table) (local.get $place)))
    (br $next))
  (unreachable))
(func $put-all (param $all (ref $longs)) (param $length i32) (param $table (ref $numbers)) (param $more (ref $longs)) (result i32)
  (local $at i32)
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $more))))
      (local.set $length
        (call $put
          (local.get $all) (local.get $length) (local.get $table)
          (ref.as_non_null (array.get $longs (local.get $more) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $length))
(func (export "[abi=gc]test:maps/maps#merge") (param $a (ref $longs)) (param $b (ref $longs)) (result (ref $longs))
  (local $all (ref $longs)) (local $table (ref $numbers)) (local $length i32) (local $merged (ref $longs))
  (local.set $length (i32.add (array.len (local.get $a)) (array.len (local.get $b))))
  (local.set $all (array.new_default $longs (local.get $length)))
  (local.set $table (call $table (local.get $length)))
  (local.set $length (call $put-all (local.get $all) (i32.const 0) (local.get $table) (local.get $a)))
  (local.set $length (call $put-all (local.get $all) (local.get $length) (local.get $table) (local.get $b)))
  (local.set $merged (array.new_default $longs (local.get $length)))
  (array.copy $longs $longs
    (local.get $merged) (i32.const 0) (local.get $all) (i32.const 0) (local.get $length))
  (local.get $merged))
(func (export "[abi=gc]test:maps/maps#find") (param $m (ref $lists)) (param $key (ref $string)) (result (ref $found))
  (local $at i32) (local $entry (ref $name-list))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $m))))
      (local.set $entry (ref.as_non_null (array.get $lists (local.get $m) (local.get $at))))
      (if (call $equal (struct.get $name-list 0 (local.get $entry)) (local.get $key))
        (then (return (struct.new $found-some (struct.get $name-list 1 (local.get $entry))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (struct.new $found-none))
;; One more of a character, among so many counts. How many there are then.
(func $add (param $counts (ref $counts)) (param $length i32) (param $character i32) (result i32)
  (local $at i32) (local $count (ref $count))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $length)))
      (local.set $count (ref.as_non_null (array.get $counts (local.get $counts) (local.get $at))))
      (if (i32.eq (struct.get $count 0 (local.get $count)) (local.get $character))
        (then
          (array.set $counts (local.get $counts) (local.get $at)
            (struct.new $count
              (local.get $character)
              (i32.add (struct.get $count 1 (local.get $count)) (i32.const 1))))
          (return (local.get $length))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (array.set $counts (local.get $counts) (local.get $length)
    (struct.new $count (local.get $character) (i32.const 1)))
  (i32.add (local.get $length) (i32.const 1)))
(func (export "[abi=gc]test:maps/maps#count") (param $s (ref $string)) (result (ref $counts))
  (local $counts (ref $counts)) (local $length i32) (local $at i32) (local $part (ref $counts))
  (local.set $counts (array.new_default $counts (array.len (local.get $s))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $s))))
      (local.set $length
        (call $add (local.get $counts) (local.get $length) (call $character (local.get $s) (local.get $at))))
      (local.set $at
        (i32.add (local.get $at) (call $width (array.get_u $string (local.get $s) (local.get $at)))))
      (br $next)))
  (local.set $part (array.new_default $counts (local.get $length)))
  (array.copy $counts $counts
    (local.get $part) (i32.const 0) (local.get $counts) (i32.const 0) (local.get $length))
  (local.get $part))
(func $sum (param $m (ref $by-name)) (result i32)
  (local $at i32) (local $sum i32)
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $m))))
      (local.set $sum
        (i32.add
          (local.get $sum)
          (struct.get $name-number 1 (array.get $by-name (local.get $m) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $sum))
(func (export "[abi=gc]test:maps/maps#totals") (param $m (ref $nested)) (result (ref $by-name))
  (local $all (ref $by-name)) (local $at i32) (local $entry (ref $name-inner))
  (local.set $all (array.new_default $by-name (array.len (local.get $m))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $m))))
      (local.set $entry (ref.as_non_null (array.get $nested (local.get $m) (local.get $at))))
      (array.set $by-name (local.get $all) (local.get $at)
        (struct.new $name-number
          (struct.get $name-inner 0 (local.get $entry))
          (call $sum (struct.get $name-inner 1 (local.get $entry)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
(func (export "[abi=gc]test:maps/maps#sizes") (param $ms (ref $all-flags)) (result (ref $numbers))
  (local $all (ref $numbers)) (local $at i32)
  (local.set $all (array.new_default $numbers (array.len (local.get $ms))))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $ms))))
      (array.set $numbers (local.get $all) (local.get $at)
        (array.len (array.get $all-flags (local.get $ms) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $all))
