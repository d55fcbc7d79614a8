;; Numbers only: nothing is between the guests.
;; f: func(x: u32, y: f64) -> s64
(module
  (import "guest" "f" (func $f (param i32 f64) (result i64)))
  (func (export "f") (param i32 f64) (result i64)
    (i64.add (i64.extend_i32_u (local.get 0)) (i64.trunc_f64_s (local.get 1))))
  (func (export "sum") (result i32) (i32.wrap_i64 (call $f (i32.const 2) (f64.const 4)))))
