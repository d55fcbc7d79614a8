(type $numbers (array (mut i8)))
(type $nines (array (mut i32)))
(type $all (struct (field i32) (field i32) (field i32) (field i32)))
(func (export "[abi=gc]test:bit-flags/bit-flags#complement-one") (param i32) (result i32) (i32.xor (local.get 0) (i32.const 1)))
(func (export "[abi=gc]test:bit-flags/bit-flags#complement-eight") (param i32) (result i32) (i32.xor (local.get 0) (i32.const 255)))
(func (export "[abi=gc]test:bit-flags/bit-flags#complement-nine") (param i32) (result i32) (i32.xor (local.get 0) (i32.const 511)))
(func (export "[abi=gc]test:bit-flags/bit-flags#complement-full") (param i32) (result i32) (i32.xor (local.get 0) (i32.const -1)))
(func (export "[abi=gc]test:bit-flags/bit-flags#union-eight") (param i32 i32) (result i32) (i32.or (local.get 0) (local.get 1)))
(func (export "[abi=gc]test:bit-flags/bit-flags#intersect-nine") (param i32 i32) (result i32) (i32.and (local.get 0) (local.get 1)))
(func (export "[abi=gc]test:bit-flags/bit-flags#count-full") (param i32) (result i32) (i32.popcnt (local.get 0)))
(func (export "[abi=gc]test:bit-flags/bit-flags#collect-full") (param $numbers (ref $numbers)) (result i32)
  (local $at i32) (local $flags i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $numbers))))
      (local.set $flags
        (i32.or
          (local.get $flags)
          (i32.shl (i32.const 1) (array.get_u $numbers (local.get $numbers) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $flags))
(func (export "[abi=gc]test:bit-flags/bit-flags#parity-nine") (param $all (ref $nines)) (result i32)
  (local $at i32) (local $odd i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $all))))
      (local.set $odd (i32.xor (local.get $odd) (array.get $nines (local.get $all) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $odd))
(func (export "[abi=gc]test:bit-flags/bit-flags#mirror") (param $all (ref $all)) (result (ref $all))
  (struct.new $all
    (i32.xor (struct.get $all 3 (local.get $all)) (i32.const -1))
    (i32.xor (struct.get $all 2 (local.get $all)) (i32.const 0x1ff))
    (i32.xor (struct.get $all 1 (local.get $all)) (i32.const 0xff))
    (i32.xor (struct.get $all 0 (local.get $all)) (i32.const 1))))
