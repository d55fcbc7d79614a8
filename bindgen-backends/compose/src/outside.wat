;; The outside: memory for values on their way between the host and a guest that does not speak the host's ABI.
;;
;; Memory comes in blocks of a power of two. A block begins with a link and the exponent (its class); free blocks of a class are a
;; list whose first is at four times the class. Blocks that are in use form arenas, lists that are freed as a whole.
(module
  (memory (export "memory") 1)
  (global $arena (mut i32) (i32.const 0))
  (global $top (mut i32) (i32.const 128))

  ;; It calls itself once: an engine that inlines would inline a function without a call, and its name would be lost.
  (func $no-memory (@name "onramp: no memory for values on their way") (param $again i32)
    (if (i32.eqz (local.get $again)) (then (call $no-memory (i32.const 1))))
    unreachable)

  ;; The class of a block with room for so many bytes.
  (func $class (@name "onramp: size of a block") (param $size i32) (result i32)
    (if (i32.gt_u (local.get $size) (i32.const 0x7fff_fff8)) (then (call $no-memory (i32.const 0))))
    (i32.sub (i32.const 32) (i32.clz (i32.or (i32.add (local.get $size) (i32.const 7)) (i32.const 15)))))

  ;; A block behind all others.
  (func $extend (@name "onramp: a new block") (param $class i32) (result i32)
    (local $block i32) (local $end i64) (local $missing i64)
    (local.set $block (global.get $top))
    (local.set $end
      (i64.add (i64.extend_i32_u (local.get $block)) (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $class)))))
    (local.set $missing (i64.sub (local.get $end) (i64.shl (i64.extend_i32_u (memory.size)) (i64.const 16))))
    (if (i64.gt_s (local.get $missing) (i64.const 0))
      (then
        (if (i64.gt_u (local.get $end) (i64.const 0xffff_0000)) (then (call $no-memory (i32.const 0))))
        (if (i32.eq
              (memory.grow (i32.wrap_i64 (i64.shr_u (i64.add (local.get $missing) (i64.const 65535)) (i64.const 16))))
              (i32.const -1))
          (then (call $no-memory (i32.const 0))))))
    (global.set $top (i32.wrap_i64 (local.get $end)))
    (i32.store offset=4 (local.get $block) (local.get $class))
    (local.get $block))

  (func $allocate (@name "onramp: memory for a value on its way") (param $size i32) (result i32)
    (local $class i32) (local $list i32) (local $block i32)
    (local.set $class (call $class (local.get $size)))
    (local.set $list (i32.shl (local.get $class) (i32.const 2)))
    (local.set $block (i32.load (local.get $list)))
    (if (local.get $block)
      (then (i32.store (local.get $list) (i32.load (local.get $block))))
      (else (local.set $block (call $extend (local.get $class)))))
    (i32.store (local.get $block) (global.get $arena))
    (global.set $arena (local.get $block))
    (i32.add (local.get $block) (i32.const 8)))

  ;; A block that has become too small stays in its arena. Blocks are aligned for every type.
  (func (@name "onramp: memory for a value on its way") (export "realloc")
    (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $new i32)
    (if (i32.eqz (local.get $size)) (then (return (local.get $align))))
    (if (i32.eqz (local.get $old-size)) (then (return (call $allocate (local.get $size)))))
    (if (i32.le_u (call $class (local.get $size)) (i32.load (i32.sub (local.get $old) (i32.const 4))))
      (then (return (local.get $old))))
    (local.set $new (call $allocate (local.get $size)))
    (memory.copy (local.get $new) (local.get $old) (local.get $old-size))
    (local.get $new))

  ;; The arena of new blocks; from now on it is an empty one.
  (func (@name "onramp: take the arena") (export "take-arena") (result i32)
    (global.get $arena)
    (global.set $arena (i32.const 0)))

  (func (@name "onramp: change the arena") (export "set-arena") (param $arena i32)
    (global.set $arena (local.get $arena)))

  (func $free-arena (@name "onramp: free an arena") (export "free-arena") (param $block i32)
    (local $next i32) (local $list i32)
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $block)))
        (local.set $next (i32.load (local.get $block)))
        (local.set $list (i32.shl (i32.load offset=4 (local.get $block)) (i32.const 2)))
        (i32.store (local.get $block) (i32.load (local.get $list)))
        (i32.store (local.get $list) (local.get $block))
        (local.set $block (local.get $next))
        (br $again))))

  ;; What the host calls when it has read the results of a call.
  (func (@name "onramp: free results") (export "free-results") (param $area i32)
    (local $arena i32)
    (local.set $arena (global.get $arena))
    (global.set $arena (i32.const 0))
    (call $free-arena (local.get $arena))))
