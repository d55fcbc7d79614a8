;; A guest with a memory that cannot grow: what a call has allocated is free after it.
;; f: func(x: list<entry>) -> list<entry>
(module
  (import "guest" "f" (func $f (param i32 i32 i32)))
  (import "memory" "memory" (memory 1 1))
  (import "memory" "next" (global $next (mut i32)))
  (func $forget (global.set $next (i32.const 1024)))
  ;; Three entries at 64, each of 16 bytes.
  (func $write (param $number i32)
    (memory.fill (i32.const 512) (i32.const 0x61) (i32.const 32))
    (call $entry (i32.const 64) (local.get $number))
    (memory.fill (i32.const 80) (i32.const 0) (i32.const 16))
    (call $entry (i32.const 96) (i32.add (local.get $number) (i32.const 1))))
  ;; name: string, number: option<u32>
  (func $entry (param $at i32) (param $number i32)
    (i32.store (local.get $at) (i32.const 512))
    (i32.store offset=4 (local.get $at) (i32.const 32))
    (i32.store offset=8 (local.get $at) (i32.const 1))
    (i32.store offset=12 (local.get $at) (local.get $number)))
  (func $sum (param $list i32) (result i32)
    (i32.add (i32.load offset=12 (local.get $list)) (i32.load offset=44 (local.get $list))))
  (func (export "run") (param $calls i32)
    (loop $again
      (call $forget)
      (call $write (local.get $calls))
      (call $f (i32.const 64) (i32.const 3) (i32.const 16))
      (if (i32.ne
            (call $sum (i32.load (i32.const 16)))
            (i32.add (i32.mul (local.get $calls) (i32.const 2)) (i32.const 3)))
        (then unreachable))
      (br_if $again (local.tee $calls (i32.sub (local.get $calls) (i32.const 1))))))
  (func (export "f") (param $list i32) (param $length i32) (result i32)
    (call $write (i32.add (i32.shr_u (call $sum (local.get $list)) (i32.const 1)) (i32.const 1)))
    (i32.store (i32.const 16) (i32.const 64))
    (i32.store (i32.const 20) (i32.const 3))
    (i32.const 16))
  (func (export "post-return") (param i32) (call $forget)))
