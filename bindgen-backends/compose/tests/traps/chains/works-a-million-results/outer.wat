;; abi: lazy
;; Its post-return is silent.
(module
  (import "test:chains/host" "watch" (func $watch (param i32 i32 i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (import "[lazy]" "lower-all" (func $lower-all (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "from afar")
  (data (i32.const 32) "\10\00\00\00\09\00\00\00")
  (func (export "[abi=lazy]test:chains/far#show") (call $watch (i32.const 2) (i32.const 0) (i32.const 65536)))
  (func (export "[abi=lazy]test:chains/far#ignore") (param i32 i32))
  (func (export "[abi=lazy]test:chains/far#sum") (param $it i32) (param $length i32) (result i32)
    (call $lower (local.get $it) (i32.const 0) (local.get $length) (i32.const 256))
    (call $add (i32.const 256) (local.get $length)))
  (func $add (param $at i32) (param $length i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $length)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (local.set $sum (i32.add (local.get $sum) (i32.load8_u (i32.add (local.get $at) (local.get $length)))))
        (br $next)))
    (local.get $sum))
  (func (export "[abi=lazy]test:chains/far#give") (result i32) (i32.const 32))
  (func (export "cabi_post_[abi=lazy]test:chains/far#give") (param i32))
  (func (export "[abi=lazy]test:chains/far#sums") (param $it i32) (param $length i32) (result i32)
    (local $sum i32) (local $at i32)
    (call $lower-all (local.get $it) (i32.const 256))
    (local.set $at (i32.const 256))
    (loop $next
      (local.set $sum
        (i32.add (local.get $sum) (call $add (i32.load (local.get $at)) (i32.load offset=4 (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br_if $next (local.get $length)))
    (local.get $sum))
  (func (export "[abi=lazy]test:chains/far#use-handle") (param i32)
    (call $lower (local.get 0) (i32.const 0) (i32.const 1) (i32.const 256))))
