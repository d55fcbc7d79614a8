;; What the callee takes, in a profile that receives lazily.
(import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
(import "[lazy]" "size" (func $size (param i32) (result i32)))
(import "[lazy]" "lower-all" (func $lower-all (param i32 i32)))
(memory (export "memory") 40)
(global $seen (mut i64) (i64.const 0))
(func (export "ABIonramp:bench/calls#take-strings") (param $handle i32) (param $length i32)
  ;; There is room for this much and no more.
  (if (i32.gt_u (call $size (local.get $handle)) (i32.const 0x100000)) (then (unreachable)))
  (call $lower-all (local.get $handle) (i32.const 0x10000))
  (global.set $seen (i64.load (i32.load (i32.const 0x11f38))))) ;; 0x10000 + 8 * 999
(func (export "ABIonramp:bench/calls#take-points") (param $handle i32) (param $length i32)
  (call $lower (local.get $handle) (i32.const 0) (i32.const 1000) (i32.const 0x10000))
  (global.set $seen (i64.load align=4 (i32.const 0x12ed4)))) ;; 0x10000 + 12 * 999
(func (export "ABIonramp:bench/calls#take-text") (param $handle i32) (param $length i32)
  (call $lower (local.get $handle) (i32.const 0) (i32.const 0x1000) (i32.const 0x10000))
  (global.set $seen (i64.load (i32.const 0x10ff8))))
(func (export "ABIonramp:bench/calls#take-start") (param $handle i32) (param $length i32)
  (call $lower (local.get $handle) (i32.const 0) (i32.const 16) (i32.const 0x10000))
  (global.set $seen (i64.load (i32.const 0x10008))))
(func (export "ABIonramp:bench/calls#ignore") (param i32 i32))
