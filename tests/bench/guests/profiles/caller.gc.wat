;; The types of what is passed, as `docs/abi/gc.md` has them chosen here: what has the same types is passed by reference.
(type $string (array (mut i8)))
(type $strings (array (mut (ref null $string))))
(type $point (struct (field f32) (field f32) (field f32)))
(type $points (array (mut (ref null $point))))
(type $floats (struct (field f64) (field f64) (field f64) (field f64)))
(rec
  (type $option (sub (struct)))
  (type $none (sub final $option (struct)))
  (type $some (sub final $option (struct (field i64)))))
(rec
  (type $result (sub (struct)))
  (type $ok (sub final $result (struct (field (ref $floats)))))
  (type $err (sub final $result (struct (field (ref $string))))))
;; The caller of a profile whose values are objects. `ABI` stands for what the profile's names begin with.
(import "ABIonramp:bench/calls" "add" (func $add (param i32 i32) (result i32)))
(import "ABIonramp:bench/calls" "give-floats" (func $give-floats (result (ref $floats))))
(import "ABIonramp:bench/calls" "give-option" (func $give-option (result (ref $option))))
(import "ABIonramp:bench/calls" "give-result" (func $give-result (result (ref $result))))
(import "ABIonramp:bench/calls" "take-strings" (func $take-strings (param (ref $strings))))
(import "ABIonramp:bench/calls" "take-points" (func $take-points (param (ref $points))))
(import "ABIonramp:bench/calls" "take-text" (func $take-text (param (ref $string))))
(import "ABIonramp:bench/calls" "take-start" (func $take-start (param (ref $string))))
(import "ABIonramp:bench/relay" "forward" (func $forward (param (ref $string))))
;; What was received, so that nothing can be left out.
(global $seen (mut i64) (i64.const 0))
;; What is sent.
(global $strings (mut (ref null $strings)) (ref.null $strings))
(global $points (mut (ref null $points)) (ref.null $points))
(global $text-64 (mut (ref null $string)) (ref.null $string))
(global $text-1k (mut (ref null $string)) (ref.null $string))
(global $text-4k (mut (ref null $string)) (ref.null $string))
(global $text-64k (mut (ref null $string)) (ref.null $string))
(global $text-1m (mut (ref null $string)) (ref.null $string))
(func $text (param $length i32) (result (ref $string))
  (array.new $string (i32.const 0x61) (local.get $length)))
;; Each of a list's elements is an object of its own, as in an ordinary guest.
(func $make (local $index i32)
  (global.set $strings (array.new_default $strings (i32.const 1000)))
  (global.set $points (array.new_default $points (i32.const 1000)))
  (loop $next
    (array.set $strings (ref.as_non_null (global.get $strings)) (local.get $index) (call $text (i32.const 16)))
    (array.set $points (ref.as_non_null (global.get $points)) (local.get $index)
      (struct.new $point (f32.const 1) (f32.const 2) (f32.const 3)))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $index) (i32.const 1000))))
  (global.set $text-64 (call $text (i32.const 64)))
  (global.set $text-1k (call $text (i32.const 0x400)))
  (global.set $text-4k (call $text (i32.const 0x1000)))
  (global.set $text-64k (call $text (i32.const 0x10000)))
  (global.set $text-1m (call $text (i32.const 0x100000))))
(start $make)
(func (export "ABIonramp:bench/rows#run-add") (param $n i32) (local $sum i32)
  (loop $next
    (local.set $sum (call $add (local.get $sum) (local.get $n)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
  (global.set $seen (i64.extend_i32_u (local.get $sum))))
(func (export "ABIonramp:bench/rows#run-record-out") (param $n i32)
  (loop $next
    (global.set $seen (i64.reinterpret_f64 (struct.get $floats 3 (call $give-floats))))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-option-out") (param $n i32)
  (loop $next
    (global.set $seen (struct.get $some 0 (ref.cast (ref $some) (call $give-option))))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-result-ok") (param $n i32)
  (loop $next
    (global.set $seen
      (i64.reinterpret_f64
        (struct.get $floats 3 (struct.get $ok 0 (ref.cast (ref $ok) (call $give-result))))))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-strings-in") (param $n i32)
  (loop $next
    (call $take-strings (ref.as_non_null (global.get $strings)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-records-in") (param $n i32)
  (loop $next
    (call $take-points (ref.as_non_null (global.get $points)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-string-in-4k") (param $n i32)
  (loop $next
    (call $take-text (ref.as_non_null (global.get $text-4k)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-read-1k") (param $n i32)
  (loop $next
    (call $take-start (ref.as_non_null (global.get $text-1k)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-read-1m") (param $n i32)
  (loop $next
    (call $take-start (ref.as_non_null (global.get $text-1m)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-forward-64") (param $n i32)
  (loop $next
    (call $forward (ref.as_non_null (global.get $text-64)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-forward-64k") (param $n i32)
  (loop $next
    (call $forward (ref.as_non_null (global.get $text-64k)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
(func (export "ABIonramp:bench/rows#run-forward-1m") (param $n i32)
  (loop $next
    (call $forward (ref.as_non_null (global.get $text-1m)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
