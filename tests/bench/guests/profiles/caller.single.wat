;; The caller of a profile with one result. `ABI` stands for what the profile's names begin with.
(import "ABIonramp:bench/calls" "add" (func $add (param i32 i32) (result i32)))
(import "ABIonramp:bench/calls" "give-floats" (func $give-floats (param i32)))
(import "ABIonramp:bench/calls" "give-option" (func $give-option (param i32)))
(import "ABIonramp:bench/calls" "give-result" (func $give-result (param i32)))
(import "ABIonramp:bench/calls" "take-strings" (func $take-strings (param i32 i32)))
(import "ABIonramp:bench/calls" "take-points" (func $take-points (param i32 i32)))
(import "ABIonramp:bench/calls" "take-text" (func $take-text (param i32 i32)))
(import "ABIonramp:bench/calls" "take-start" (func $take-start (param i32 i32)))
(import "ABIonramp:bench/relay" "forward" (func $forward (param i32 i32)))
;; A text of 16 bytes at 0x800, an array of 1000 such texts at 0x1800, 1000 points at 0x8000, 1 MiB of text at 0x100800.
(memory (export "memory") 40)
;; What was received, so that nothing can be left out.
(global $seen (mut i64) (i64.const 0))
(func $fill (local $at i32)
  (memory.fill (i32.const 0x800) (i32.const 0x61) (i32.const 16))
  (memory.fill (i32.const 0x100800) (i32.const 0x61) (i32.const 0x100000))
  (local.set $at (i32.const 0x1800))
  (loop $next
    (i32.store (local.get $at) (i32.const 0x800))
    (i32.store offset=4 (local.get $at) (i32.const 16))
    (local.set $at (i32.add (local.get $at) (i32.const 8)))
    (br_if $next (i32.lt_u (local.get $at) (i32.const 0x3740))))) ;; 0x1800 + 8 * 1000
(start $fill)
(func (export "ABIonramp:bench/rows#run-add") (param $n i32) (local $sum i32)
  (loop $next
    (local.set $sum (call $add (local.get $sum) (local.get $n)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
  (global.set $seen (i64.extend_i32_u (local.get $sum))))
(func (export "ABIonramp:bench/rows#run-record-out") (param $n i32)
  (loop $next
    (call $give-floats (i32.const 0x10))
    (global.set $seen (i64.load offset=24 (i32.const 0x10)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-option-out") (param $n i32)
  (loop $next
    (call $give-option (i32.const 0x10))
    (global.set $seen (i64.load offset=8 (i32.const 0x10)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-result-ok") (param $n i32)
  (loop $next
    (call $give-result (i32.const 0x10))
    (global.set $seen (i64.load offset=32 (i32.const 0x10)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-strings-in") (param $n i32)
  (loop $next
    (call $take-strings (i32.const 0x1800) (i32.const 1000))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-records-in") (param $n i32)
  (loop $next
    (call $take-points (i32.const 0x8000) (i32.const 1000))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-string-in-4k") (param $n i32)
  (loop $next
    (call $take-text (i32.const 0x100800) (i32.const 0x1000))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-read-1k") (param $n i32)
  (loop $next
    (call $take-start (i32.const 0x100800) (i32.const 0x400))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-read-1m") (param $n i32)
  (loop $next
    (call $take-start (i32.const 0x100800) (i32.const 0x100000))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-forward-64") (param $n i32)
  (loop $next
    (call $forward (i32.const 0x100800) (i32.const 64))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-forward-64k") (param $n i32)
  (loop $next
    (call $forward (i32.const 0x100800) (i32.const 0x10000))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-forward-1m") (param $n i32)
  (loop $next
    (call $forward (i32.const 0x100800) (i32.const 0x100000))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
;; For the text of an error, which no call gives.
(func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
  (unreachable))
