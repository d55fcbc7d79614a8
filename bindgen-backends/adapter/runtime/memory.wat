;; Blocks of memory.
(module
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))
  (import "receiver" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
  (import "trap" "realloc returned a misaligned pointer" (func $misaligned (param i32)))
  (import "trap" "realloc returned a pointer out of bounds" (func $out-of-bounds (param i32)))

  ;; A new block of the receiver's, or an old one resized. What it returns is checked, wherever the specification calls
  ;; `allocate` or `reallocate`.
  (func $allocate (export "allocate")
    (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $block i32)
    (local.set $block
      (call $realloc (local.get $old) (local.get $old-size) (local.get $align) (local.get $size)))
    (if (i32.and (local.get $block) (i32.sub (local.get $align) (i32.const 1)))
      (then (call $misaligned (i32.const 0))))
    (if (i64.gt_u
          (i64.add (i64.extend_i32_u (local.get $block)) (i64.extend_i32_u (local.get $size)))
          (i64.shl (i64.extend_i32_u (memory.size $to)) (i64.const 16)))
      (then (call $out-of-bounds (i32.const 0))))
    (local.get $block))

  ;; Copies bytes, with loads and stores, the last of which overlaps with the one before.
  (func $copy-short (export "copy short") (param $to i32) (param $from i32) (param $size i32)
    (local $last i32)
    (if (i32.ge_u (local.get $size) (i32.const 16))
      (then
        (local.set $last (i32.sub (i32.add (local.get $from) (local.get $size)) (i32.const 16)))
        (v128.store $to (i32.sub (i32.add (local.get $to) (local.get $size)) (i32.const 16))
          (v128.load $from (local.get $last)))
        (block $done
          (loop $next
            (br_if $done (i32.ge_u (local.get $from) (local.get $last)))
            (v128.store $to (local.get $to) (v128.load $from (local.get $from)))
            (local.set $to (i32.add (local.get $to) (i32.const 16)))
            (local.set $from (i32.add (local.get $from) (i32.const 16)))
            (br $next)))
        (return)))
    (if (i32.ge_u (local.get $size) (i32.const 8))
      (then
        (i64.store $to (local.get $to) (i64.load $from (local.get $from)))
        (local.set $last (i32.sub (local.get $size) (i32.const 8)))
        (i64.store $to (i32.add (local.get $to) (local.get $last))
          (i64.load $from (i32.add (local.get $from) (local.get $last))))
        (return)))
    (if (i32.ge_u (local.get $size) (i32.const 4))
      (then
        (i32.store $to (local.get $to) (i32.load $from (local.get $from)))
        (local.set $last (i32.sub (local.get $size) (i32.const 4)))
        (i32.store $to (i32.add (local.get $to) (local.get $last))
          (i32.load $from (i32.add (local.get $from) (local.get $last))))
        (return)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $size)))
        (local.set $size (i32.sub (local.get $size) (i32.const 1)))
        (i32.store8 $to (i32.add (local.get $to) (local.get $size))
          (i32.load8_u $from (i32.add (local.get $from) (local.get $size))))
        (br $next))))

  ;; The same for any number of bytes. `memory.copy` is a call into Wasmtime, which costs more than a short copy.
  (func (export "copy") (param $to i32) (param $from i32) (param $size i32)
    (if (i32.gt_u (local.get $size) (i32.const 128))
      (then (memory.copy $to $from (local.get $to) (local.get $from) (local.get $size)))
      (else (call $copy-short (local.get $to) (local.get $from) (local.get $size)))))
)
