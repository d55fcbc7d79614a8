  ;; The floor: what the calls of the rows cost when guests and glue are written by hand. Allocation adds to a number, a
  ;; buffer is one `memory.copy`, calls are direct, nothing is checked. `src/floor.rs` puts the component around it.
  ;; Sources lie at 2048 modulo 4096 and copies begin at 0: a copy whose ends are 1 to 64 bytes apart, modulo 4096, is many
  ;; times slower on some processors.

  ;; A guest's memory, in a module of its own so that the glue can have it before the guest. Whoever took what was
  ;; allocated sets `next` back to the start.
  (core module $Heap
    (memory (export "memory") 64)
    (global $next (export "next") (mut i32) (i32.const 0x20000))
    (func (export "allocate") (param $size i32) (result i32)
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get $size)))))

  ;; What both ends have in their memories: a text at 0x800, an array of 1000 such texts at 0x1800, bytes or numbers at 0x100800.
  (core module $Data
    (import "heap" "memory" (memory 64))
    (func $fill (local $at i32)
      (memory.fill (i32.const 0x800) (i32.const 0x61) (i32.const 16))
      (memory.fill (i32.const 0x100800) (i32.const 0x61) (i32.const 0x100000))
      (local.set $at (i32.const 0x1800))
      (loop $next
        (i32.store (local.get $at) (i32.const 0x800))
        (i32.store offset=4 (local.get $at) (i32.const 16))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $next (i32.lt_u (local.get $at) (i32.const 0x3740))))) ;; 0x1800 + 8 * 1000
    (start $fill))

  (core module $Callee
    (import "host" "tick" (func $tick))
    (import "heap" "memory" (memory 64))
    (import "heap" "next" (global $next (mut i32)))
    (global $seen (export "seen") (mut i32) (i32.const 0))
    (func (export "add") (param i32 i32) (result i32)
      (i32.add (local.get 0) (local.get 1)))
    (func (export "add-and-tick") (param i32 i32) (result i32)
      (call $tick)
      (i32.add (local.get 0) (local.get 1)))
    (func (export "take") (param $at i32) (param $length i32)
      (global.set $seen (i32.load8_u (local.get $at)))
      (global.set $next (i32.const 0x20000)))
    (func (export "take-floats") (param f64 f64 f64 f64)
      (global.set $seen (i32.trunc_sat_f64_u (local.get 3))))
    ;; Where a pointer and a length are, at 0x10 on.
    (func (export "give") (param $at i32) (param $length i32) (result i32)
      (i32.store (i32.const 0x10) (local.get $at))
      (i32.store (i32.const 0x14) (local.get $length))
      (i32.const 0x10))
    (func (export "give-floats") (result i32)
      (f64.store (i32.const 0x10) (f64.const 1))
      (f64.store (i32.const 0x18) (f64.const 2))
      (f64.store (i32.const 0x20) (f64.const 3))
      (f64.store (i32.const 0x28) (f64.const 4))
      (i32.const 0x10))
    (func (export "give-option") (result i32)
      (i32.store8 (i32.const 0x10) (i32.const 1))
      (i64.store (i32.const 0x18) (i64.const 1))
      (i32.const 0x10))
    (func (export "give-result") (param $ok i32) (result i32)
      (if (local.get $ok)
        (then
          (i32.store8 (i32.const 0x10) (i32.const 0))
          (f64.store (i32.const 0x18) (f64.const 1))
          (f64.store (i32.const 0x20) (f64.const 2))
          (f64.store (i32.const 0x28) (f64.const 3))
          (f64.store (i32.const 0x30) (f64.const 4)))
        (else
          (i32.store8 (i32.const 0x10) (i32.const 1))
          (i32.store (i32.const 0x18) (i32.const 0x800))
          (i32.store (i32.const 0x1c) (i32.const 16))))
      (i32.const 0x10)))

  ;; Copies an argument of so many bytes to the receiver.
  (core module $Take
    (import "sender" "memory" (memory $from 64))
    (import "receiver" "memory" (memory $to 64))
    (import "receiver" "allocate" (func $allocate (param i32) (result i32)))
    (import "guest" "take" (func $take (param i32 i32)))
    (func (export "take") (param $at i32) (param $length i32) (local $copy i32)
      (local.set $copy (call $allocate (local.get $length)))
      (memory.copy $to $from (local.get $copy) (local.get $at) (local.get $length))
      (call $take (local.get $copy) (local.get $length))))

  (core module $Glue
    (import "sender" "memory" (memory $from 64))
    (import "sender" "allocate" (func $allocate-in-sender (param i32) (result i32)))
    (import "receiver" "memory" (memory $to 64))
    (import "receiver" "allocate" (func $allocate-in-receiver (param i32) (result i32)))
    (import "guest" "add" (func $add (param i32 i32) (result i32)))
    (import "guest" "add-and-tick" (func $add-and-tick (param i32 i32) (result i32)))
    (import "guest" "take" (func $take (param i32 i32)))
    (import "guest" "take-floats" (func $take-floats (param f64 f64 f64 f64)))
    (import "guest" "give" (func $give (param i32 i32) (result i32)))
    (import "guest" "give-floats" (func $give-floats (result i32)))
    (import "guest" "give-option" (func $give-option (result i32)))
    (import "guest" "give-result" (func $give-result (param i32) (result i32)))

    (func (export "add") (param i32 i32) (result i32)
      (call $add (local.get 0) (local.get 1)))
    (func (export "add-and-tick") (param i32 i32) (result i32)
      (call $add-and-tick (local.get 0) (local.get 1)))
    (func (export "take-strings") (param $at i32) (param $length i32)
      (local $copies i32) (local $to i32) (local $end i32) (local $copy i32) (local $size i32)
      (local.set $copies (call $allocate-in-receiver (i32.shl (local.get $length) (i32.const 3))))
      (local.set $to (local.get $copies))
      (local.set $end (i32.add (local.get $copies) (i32.shl (local.get $length) (i32.const 3))))
      (loop $next
        (local.set $size (i32.load $from offset=4 (local.get $at)))
        (local.set $copy (call $allocate-in-receiver (local.get $size)))
        (memory.copy $to $from (local.get $copy) (i32.load $from (local.get $at)) (local.get $size))
        (i32.store $to (local.get $to) (local.get $copy))
        (i32.store $to offset=4 (local.get $to) (local.get $size))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (br_if $next (i32.lt_u (local.get $to) (local.get $end))))
      (call $take (local.get $copies) (local.get $length)))
    (func (export "take-floats") (param f64 f64 f64 f64)
      (call $take-floats (local.get 0) (local.get 1) (local.get 2) (local.get 3)))

    ;; What the callee gives goes to `$return` in the sender: for a buffer its pointer and its length in bytes.
    (func (export "give") (param $at i32) (param $length i32) (param $return i32)
      (local $given i32) (local $copy i32) (local $size i32)
      (local.set $given (call $give (local.get $at) (local.get $length)))
      (local.set $size (i32.load $to offset=4 (local.get $given)))
      (local.set $copy (call $allocate-in-sender (local.get $size)))
      (memory.copy $from $to (local.get $copy) (i32.load $to (local.get $given)) (local.get $size))
      (i32.store $from (local.get $return) (local.get $copy))
      (i32.store $from offset=4 (local.get $return) (local.get $size)))
    (func (export "give-strings") (param $at i32) (param $length i32) (param $return i32)
      (local $given i32) (local $to i32) (local $end i32) (local $copy i32) (local $size i32)
      (local.set $given (call $give (local.get $at) (local.get $length)))
      (local.set $length (i32.load $to offset=4 (local.get $given)))
      (local.set $given (i32.load $to (local.get $given)))
      (local.set $to (call $allocate-in-sender (i32.shl (local.get $length) (i32.const 3))))
      (i32.store $from (local.get $return) (local.get $to))
      (i32.store $from offset=4 (local.get $return) (local.get $length))
      (local.set $end (i32.add (local.get $to) (i32.shl (local.get $length) (i32.const 3))))
      (loop $next
        (local.set $size (i32.load $to offset=4 (local.get $given)))
        (local.set $copy (call $allocate-in-sender (local.get $size)))
        (memory.copy $from $to (local.get $copy) (i32.load $to (local.get $given)) (local.get $size))
        (i32.store $from (local.get $to) (local.get $copy))
        (i32.store $from offset=4 (local.get $to) (local.get $size))
        (local.set $given (i32.add (local.get $given) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))
    (func (export "give-floats") (param $return i32) (local $given i32)
      (local.set $given (call $give-floats))
      (f64.store $from (local.get $return) (f64.load $to (local.get $given)))
      (f64.store $from offset=8 (local.get $return) (f64.load $to offset=8 (local.get $given)))
      (f64.store $from offset=16 (local.get $return) (f64.load $to offset=16 (local.get $given)))
      (f64.store $from offset=24 (local.get $return) (f64.load $to offset=24 (local.get $given))))
    (func (export "give-option") (param $return i32) (local $given i32)
      (local.set $given (call $give-option))
      (i32.store8 $from (local.get $return) (i32.load8_u $to (local.get $given)))
      (i64.store $from offset=8 (local.get $return) (i64.load $to offset=8 (local.get $given))))
    (func (export "give-result") (param $ok i32) (param $return i32)
      (local $given i32) (local $copy i32) (local $size i32)
      (local.set $given (call $give-result (local.get $ok)))
      (if (i32.load8_u $to (local.get $given))
        (then
          (i32.store8 $from (local.get $return) (i32.const 1))
          (local.set $size (i32.load $to offset=12 (local.get $given)))
          (local.set $copy (call $allocate-in-sender (local.get $size)))
          (memory.copy $from $to (local.get $copy) (i32.load $to offset=8 (local.get $given)) (local.get $size))
          (i32.store $from offset=8 (local.get $return) (local.get $copy))
          (i32.store $from offset=12 (local.get $return) (local.get $size)))
        (else
          (i32.store8 $from (local.get $return) (i32.const 0))
          (f64.store $from offset=8 (local.get $return) (f64.load $to offset=8 (local.get $given)))
          (f64.store $from offset=16 (local.get $return) (f64.load $to offset=16 (local.get $given)))
          (f64.store $from offset=24 (local.get $return) (f64.load $to offset=24 (local.get $given)))
          (f64.store $from offset=32 (local.get $return) (f64.load $to offset=32 (local.get $given)))))))

  ;; The guest between the two, which passes on what it gets.
  (core module $Relay
    (import "heap" "next" (global $next (mut i32)))
    (import "callee" "take" (func $take (param i32 i32)))
    (func (export "take") (param $at i32) (param $length i32)
      (call $take (local.get $at) (local.get $length))
      (global.set $next (i32.const 0x20000))))

  (core module $Caller
    (import "heap" "memory" (memory 64))
    (import "heap" "next" (global $next (mut i32)))
    (import "callee" "add" (func $add (param i32 i32) (result i32)))
    (import "callee" "add-and-tick" (func $add-and-tick (param i32 i32) (result i32)))
    (import "callee" "take-strings" (func $take-strings (param i32 i32)))
    (import "callee" "take-floats" (func $take-floats (param f64 f64 f64 f64)))
    (import "callee" "give" (func $give (param i32 i32 i32)))
    (import "callee" "give-strings" (func $give-strings (param i32 i32 i32)))
    (import "callee" "give-floats" (func $give-floats (param i32)))
    (import "callee" "give-option" (func $give-option (param i32)))
    (import "callee" "give-result" (func $give-result (param i32 i32)))
    (import "take" "take" (func $take (param i32 i32)))
    (import "relay" "take" (func $forward (param i32 i32)))
    (global $seen (export "seen") (mut i32) (i32.const 0))

    (func $repeat-add (export "run-add") (param $n i32) (local $sum i32)
      (loop $next
        (local.set $sum (call $add (local.get $sum) (local.get $n)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (global.set $seen (local.get $sum)))
    (func (export "run-add-after-tick") (param $n i32)
      (drop (call $add-and-tick (i32.const 1) (i32.const 2)))
      (call $repeat-add (local.get $n)))
    (func (export "run-add-and-tick") (param $n i32) (local $sum i32)
      (loop $next
        (local.set $sum (call $add-and-tick (local.get $sum) (local.get $n)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (global.set $seen (local.get $sum)))
    (func (export "run-string-in-16") (param $n i32)
      (loop $next
        (call $take (i32.const 0x100800) (i32.const 16))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func $repeat-4k (export "run-string-in-4k") (export "run-string-in-4k-not-ascii") (export "run-bytes-in-4k")
      (param $n i32)
      (loop $next
        (call $take (i32.const 0x100800) (i32.const 0x1000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-string-in-64k") (param $n i32)
      (loop $next
        (call $take (i32.const 0x100800) (i32.const 0x10000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-bytes-in-1m") (param $n i32)
      (loop $next
        (call $take (i32.const 0x100800) (i32.const 0x100000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-records-in") (param $n i32)
      (loop $next
        (call $take (i32.const 0x100800) (i32.const 12000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-strings-in") (param $n i32)
      (loop $next
        (call $take-strings (i32.const 0x1800) (i32.const 1000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-record-in") (param $n i32)
      (loop $next
        (call $take-floats (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 4))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-forward") (param $n i32)
      (loop $next
        (call $forward (i32.const 0x100800) (i32.const 0x10000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))

    (func (export "run-string-out-16") (param $n i32)
      (loop $next
        (call $give (i32.const 0x800) (i32.const 16) (i32.const 0x10))
        (global.set $next (i32.const 0x20000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-bytes-out-4k") (param $n i32)
      (loop $next
        (call $give (i32.const 0x100800) (i32.const 0x1000) (i32.const 0x10))
        (global.set $next (i32.const 0x20000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-records-out") (param $n i32)
      (loop $next
        (call $give (i32.const 0x100800) (i32.const 12000) (i32.const 0x10))
        (global.set $next (i32.const 0x20000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-strings-out") (param $n i32)
      (loop $next
        (call $give-strings (i32.const 0x1800) (i32.const 1000) (i32.const 0x10))
        (global.set $next (i32.const 0x20000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-record-out") (param $n i32)
      (loop $next
        (call $give-floats (i32.const 0x10))
        (global.set $seen (i32.load (i32.const 0x28)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-option-out") (param $n i32)
      (loop $next
        (call $give-option (i32.const 0x10))
        (global.set $seen (i32.load (i32.const 0x18)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-result-ok") (param $n i32)
      (loop $next
        (call $give-result (i32.const 1) (i32.const 0x10))
        (global.set $seen (i32.load8_u (i32.const 0x10)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "run-result-error") (param $n i32)
      (loop $next
        (call $give-result (i32.const 0) (i32.const 0x10))
        (global.set $seen (i32.load8_u (i32.const 0x10)))
        (global.set $next (i32.const 0x20000))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))

  (import "onramp:bench/host" (instance $host (export "tick" (func))))
  (core func $tick (canon lower (func $host "tick")))
  (core instance $host (export "tick" (func $tick)))

  (core instance $callers-heap (instantiate $Heap))
  (core instance $relays-heap (instantiate $Heap))
  (core instance $callees-heap (instantiate $Heap))
  (core instance (instantiate $Data (with "heap" (instance $callers-heap))))
  (core instance (instantiate $Data (with "heap" (instance $callees-heap))))
  (core instance $callee (instantiate $Callee
    (with "host" (instance $host))
    (with "heap" (instance $callees-heap))))
  (core instance $glue (instantiate $Glue
    (with "sender" (instance $callers-heap))
    (with "receiver" (instance $callees-heap))
    (with "guest" (instance $callee))))
  (core instance $take (instantiate $Take
    (with "sender" (instance $callers-heap))
    (with "receiver" (instance $callees-heap))
    (with "guest" (instance $callee))))
  (core instance $take-from-relay (instantiate $Take
    (with "sender" (instance $relays-heap))
    (with "receiver" (instance $callees-heap))
    (with "guest" (instance $callee))))
  (core instance $relay (instantiate $Relay
    (with "heap" (instance $relays-heap))
    (with "callee" (instance $take-from-relay))))
  (core instance $forward (instantiate $Take
    (with "sender" (instance $callers-heap))
    (with "receiver" (instance $relays-heap))
    (with "guest" (instance $relay))))
  (core instance $caller (instantiate $Caller
    (with "heap" (instance $callers-heap))
    (with "callee" (instance $glue))
    (with "take" (instance $take))
    (with "relay" (instance $forward))))
