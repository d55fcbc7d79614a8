;; Numbers at both ends of their types, and bits that do not count.
;; types: flags bits { x, y, z }
;; types: enum color { red, green, blue }
;; types: type all = tuple<bool, u8, s8, u16, s16, u32, s32, u64, s64, char, color, bits>;
;; f: func(x: all, a: bool, b: u8, c: s8, d: u16, e: s16, g: u32, h: s64, i: f32, j: f64, k: char, l: color, m: bits) -> all
(module
  (type $all (struct (field i8) (field i8) (field i8) (field i16) (field i16) (field i32) (field i32) (field i64) (field i64)
    (field i32) (field i32) (field i32)))
  (type $f (func (param (ref $all) i32 i32 i32 i32 i32 i32 i64 f32 f64 i32 i32 i32) (result (ref $all))))
  (import "guest" "f" (func $f (type $f)))
  (func $least (result (ref $all))
    (struct.new $all (i32.const 0) (i32.const 0) (i32.const -0x80) (i32.const 0) (i32.const -0x8000) (i32.const 0) (i32.const 0x80000000)
      (i64.const 0) (i64.const 0x8000000000000000) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func $most (result (ref $all))
    (struct.new $all (i32.const 2) (i32.const 0xff) (i32.const 0x7f) (i32.const 0xffff) (i32.const 0x7fff) (i32.const -1) (i32.const 0x7fffffff)
      (i64.const -1) (i64.const 0x7fffffffffffffff) (i32.const 0x10ffff) (i32.const 2) (i32.const -1)))
  (func (export "run least") (drop (call $f (call $least)
    (i32.const 0) (i32.const 0) (i32.const -0x80) (i32.const 0) (i32.const -0x8000) (i32.const 0) (i64.const 0x8000000000000000)
    (f32.const -inf) (f64.const -inf) (i32.const 0xd7ff) (i32.const 1) (i32.const 0))))
  (func (export "run most") (drop (call $f (call $most)
    (i32.const 1) (i32.const 0xff) (i32.const 0x7f) (i32.const 0xffff) (i32.const 0x7fff) (i32.const -1) (i64.const 0x7fffffffffffffff)
    (f32.const nan:0x200001) (f64.const nan:0x4000000000001) (i32.const 0xe000) (i32.const 2) (i32.const 7))))
  (func (export "run beyond") (drop (call $f (call $most)
    (i32.const 0x100) (i32.const 0x1ff) (i32.const 0xff7f) (i32.const 0x1ffff) (i32.const 0x17fff) (i32.const -1) (i64.const 0)
    (f32.const 0) (f64.const 0) (i32.const 0) (i32.const 0) (i32.const 0xfffffff9))))
  (func (export "f") (type $f) (local.get 0))
)
