;; There is no limit to the number of parameters.
;; f: func(a: u8, b: u8, c: u8, d: u8, e: u8, g: u8, h: u8, i: u8, j: string, k: string, l: u8, m: u8, n: u8, o: u8, p: u8, q: u8, r: u8, s: u64, t: f64) -> u8
(module
  (type $string (array (mut i8)))
  (type $f (func (param i32 i32 i32 i32 i32 i32 i32 i32 (ref $string) (ref $string) i32 i32 i32 i32 i32 i32 i32 i64 f64) (result i32)))
  (import "guest" "f" (func $f (type $f)))
  (func (export "run") (drop (call $f (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8)
    (array.new $string (i32.const 0x61) (i32.const 1)) (array.new $string (i32.const 0x62) (i32.const 2))
    (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12) (i32.const 13) (i32.const 14) (i32.const 15) (i64.const 16) (f64.const 17))))
  (func (export "f") (type $f) (local.get 16))
)
