;; Texts are UTF-8 in arrays of i8.
(func (export "[abi=gc]test:strings/strings#concat") (param (ref $string) (ref $string)) (result (ref $string))
  (call $concat (local.get 0) (local.get 1)))
(func (export "[abi=gc]test:strings/strings#utf8-length") (param (ref $string)) (result i32) (array.len (local.get 0)))
(func (export "[abi=gc]test:strings/strings#utf16-length") (param $s (ref $string)) (result i32)
  (local $at i32) (local $width i32) (local $units i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $s))))
      (local.set $width (call $width (array.get_u $string (local.get $s) (local.get $at))))
      (local.set $units
        (i32.add (local.get $units)
          (select (i32.const 2) (i32.const 1) (i32.eq (local.get $width) (i32.const 4)))))
      (local.set $at (i32.add (local.get $at) (local.get $width)))
      (br $next)))
  (local.get $units))
(func $count (export "[abi=gc]test:strings/strings#scalar-count") (param $s (ref $string)) (result i32)
  (local $at i32) (local $characters i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $s))))
      (local.set $at
        (i32.add (local.get $at) (call $width (array.get_u $string (local.get $s) (local.get $at)))))
      (local.set $characters (i32.add (local.get $characters) (i32.const 1)))
      (br $next)))
  (local.get $characters))
(func (export "[abi=gc]test:strings/strings#reverse") (param $s (ref $string)) (result (ref $string))
  (local $reversed (ref $string)) (local $at i32) (local $width i32)
  (local.set $reversed (array.new_default $string (array.len (local.get $s))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $s))))
      (local.set $width (call $width (array.get_u $string (local.get $s) (local.get $at))))
      (array.copy $string $string
        (local.get $reversed)
        (i32.sub (i32.sub (array.len (local.get $s)) (local.get $at)) (local.get $width))
        (local.get $s) (local.get $at) (local.get $width))
      (local.set $at (i32.add (local.get $at) (local.get $width)))
      (br $next)))
  (local.get $reversed))
(func (export "[abi=gc]test:strings/strings#repeat") (param (ref $string) i32) (result (ref $string))
  (call $repeat (local.get 0) (local.get 1)))
(func (export "[abi=gc]test:strings/strings#checksum") (param $s (ref $string)) (result i32)
  (local $at i32) (local $hash i32)
  (local.set $hash (i32.const 0x811c9dc5))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $s))))
      (local.set $hash
        (i32.mul
          (i32.xor (local.get $hash) (array.get_u $string (local.get $s) (local.get $at)))
          (i32.const 0x01000193)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $hash))
(func (export "[abi=gc]test:strings/strings#at") (param $s (ref $string)) (param $index i32) (result i32)
  (local $at i32)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $index)))
      (local.set $at
        (i32.add (local.get $at) (call $width (array.get_u $string (local.get $s) (local.get $at)))))
      (local.set $index (i32.sub (local.get $index) (i32.const 1)))
      (br $next)))
  (call $character (local.get $s) (local.get $at)))
(func (export "[abi=gc]test:strings/strings#from-char") (param i32) (result (ref $string)) (call $of-character (local.get 0)))
