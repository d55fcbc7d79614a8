;; Packed and wide elements.
;; f: func(x: tuple<list<u8>, list<s16>, list<u32>, list<u64>, list<f32>, list<f64>, list<bool>, list<char>>) -> tuple<list<u8>, list<s16>, list<u32>, list<u64>, list<f32>, list<f64>, list<bool>, list<char>>
(module
  (type $u8 (array (mut i8)))
  (type $s16 (array (mut i16)))
  (type $u32 (array (mut i32)))
  (type $u64 (array (mut i64)))
  (type $f32 (array (mut f32)))
  (type $f64 (array (mut f64)))
  (type $all (struct (field (ref $u8)) (field (ref $s16)) (field (ref $u32)) (field (ref $u64)) (field (ref $f32)) (field (ref $f64))
    (field (ref $u8)) (field (ref $u32))))
  (import "guest" "f" (func $f (param (ref $all)) (result (ref $all))))
  (func (export "run") (drop (call $f (call $f (struct.new $all
    (array.new_fixed $u8 3 (i32.const 1) (i32.const 0x80) (i32.const 0xff))
    (array.new_fixed $s16 3 (i32.const -1) (i32.const 0x7fff) (i32.const -0x8000))
    (array.new_fixed $u32 2 (i32.const -1) (i32.const 7))
    (array.new $u64 (i64.const -1) (i32.const 5))
    (array.new_fixed $f32 2 (f32.const 1) (f32.const nan:0x200001))
    (array.new_fixed $f64 2 (f64.const 1) (f64.const nan:0x4000000000001))
    (array.new_fixed $u8 3 (i32.const 0) (i32.const 1) (i32.const 0x80))
    (array.new_fixed $u32 2 (i32.const 0x61) (i32.const 0x10ffff)))))))
  (func (export "run empty") (drop (call $f (struct.new $all
    (array.new_fixed $u8 0) (array.new_fixed $s16 0) (array.new_fixed $u32 0) (array.new_fixed $u64 0) (array.new_fixed $f32 0)
    (array.new_fixed $f64 0) (array.new_fixed $u8 0) (array.new_fixed $u32 0)))))
  (func (export "f") (param (ref $all)) (result (ref $all)) (local.get 0))
)
