;; Code units between arrays and memory: a template for each size. EIGHT is 8 bytes of an array as an i64, PER how many units they are.
(module
  (type $units (array (mut iBITS)))
  (import "sender" "memory" (memory $from 0))
  (import "receiver" "memory" (memory $to 0))

  ;; Returns all bytes joined by or, somehow: whether any has its highest bit shows.
  (func (export "array of BITS to memory")
    (param $array (ref $units)) (param $to i32) (param $count i32) (result i64)
    (local $index i32) (local $unit i32) (local $eight i64) (local $all i64)
    (if (i32.ge_u (local.get $count) (i32.const PER))
      (then
        (loop $next
          (local.set $eight EIGHT)
          (local.set $all (i64.or (local.get $all) (local.get $eight)))
          (i64.store $to (local.get $to) (local.get $eight))
          (local.set $to (i32.add (local.get $to) (i32.const 8)))
          (local.set $index (i32.add (local.get $index) (i32.const PER)))
          (br_if $next
            (i32.ge_u (i32.sub (local.get $count) (local.get $index)) (i32.const PER))))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $count)))
        (local.set $unit (array.get_u $units (local.get $array) (local.get $index)))
        (local.set $all (i64.or (local.get $all) (i64.extend_i32_u (local.get $unit))))
        (i32.storeBITS $to (local.get $to) (local.get $unit))
        (local.set $to (i32.add (local.get $to) (i32.const BYTES)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $all))

  ;; Not by eights: what an array.set costs is so much more than a load that nothing is gained.
  (func (export "memory to array of BITS")
    (param $from i32) (param $array (ref $units)) (param $count i32) (result i64)
    (local $index i32) (local $unit i32) (local $all i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $count)))
        (local.set $unit (i32.loadBITS_u $from (local.get $from)))
        (local.set $all (i32.or (local.get $all) (local.get $unit)))
        (array.set $units (local.get $array) (local.get $index) (local.get $unit))
        (local.set $from (i32.add (local.get $from) (i32.const BYTES)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (i64.extend_i32_u (local.get $all))))
