;; WASI 0.1 without a host, as an adapter of wit-component's: no arguments, no variables, no files; only sleeping makes time pass, what is
;; written is gone, and random numbers are the same each time. Error codes: 8 is BADF, 52 is NOSYS.
(module
  (import "env" "memory" (memory 0))
  (global $chance (mut i64) (i64.const 0))
  ;; Nanoseconds since 1970: the first moment of 2000, as in the first life.
  (global $now (mut i64) (i64.const 946684800000000000))

  (func (export "args_sizes_get") (param $count i32) (param $size i32) (result i32)
    (call $nothing (local.get $count) (local.get $size)))
  (func (export "environ_sizes_get") (param $count i32) (param $size i32) (result i32)
    (call $nothing (local.get $count) (local.get $size)))
  (func $nothing (param $count i32) (param $size i32) (result i32)
    (i32.store (local.get $count) (i32.const 0))
    (i32.store (local.get $size) (i32.const 0))
    (i32.const 0))
  (func (export "args_get") (param i32 i32) (result i32) (i32.const 0))
  (func (export "environ_get") (param i32 i32) (result i32) (i32.const 0))

  (func (export "clock_res_get") (param i32) (param $to i32) (result i32)
    (i64.store (local.get $to) (i64.const 1000))
    (i32.const 0))
  (func (export "clock_time_get") (param i32 i64) (param $to i32) (result i32)
    (i64.store (local.get $to) (global.get $now))
    (i32.const 0))

  ;; Ends the first subscription to a clock: (userdata, kind at 8: 0 is a clock, timeout at 24, flags at 40: 1 is absolute),
  ;; 48 bytes each. An event is (userdata, error at 8, kind at 10).
  (func (export "poll_oneoff") (param $from i32) (param $to i32) (param $count i32) (param $events i32) (result i32)
    (local $timeout i64)
    (block $found
      (loop $next
        (if (i32.eqz (local.get $count)) (then (return (i32.const 52))))
        (br_if $found (i32.eqz (i32.load8_u offset=8 (local.get $from))))
        (local.set $from (i32.add (local.get $from) (i32.const 48)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (local.set $timeout (i64.load offset=24 (local.get $from)))
    (if (i32.eqz (i32.and (i32.load16_u offset=40 (local.get $from)) (i32.const 1)))
      (then (local.set $timeout (i64.add (local.get $timeout) (global.get $now)))))
    (if (i64.gt_u (local.get $timeout) (global.get $now)) (then (global.set $now (local.get $timeout))))
    (i64.store (local.get $to) (i64.load (local.get $from)))
    (i64.store offset=8 (local.get $to) (i64.const 0))
    (i32.store (local.get $events) (i32.const 1))
    (i32.const 0))

  ;; A Weyl sequence.
  (func (export "random_get") (param $to i32) (param $count i32) (result i32)
    (block $end
      (loop $next
        (br_if $end (i32.eqz (local.get $count)))
        (global.set $chance (i64.add (global.get $chance) (i64.const 0x9e3779b97f4a7c15)))
        (i64.store8 (local.get $to) (i64.shr_u (global.get $chance) (i64.const 56)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (i32.const 0))

  ;; Takes everything: (start, length) each.
  (func (export "fd_write") (param i32) (param $from i32) (param $count i32) (param $written i32) (result i32)
    (local $sum i32)
    (block $end
      (loop $next
        (br_if $end (i32.eqz (local.get $count)))
        (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get $from))))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (i32.store (local.get $written) (local.get $sum))
    (i32.const 0))

  (func (export "proc_exit") (param i32) (unreachable))

  (func (export "fd_advise") (param i32 i64 i64 i32) (result i32) (i32.const 8))
  (func (export "fd_close") (param i32) (result i32) (i32.const 8))
  (func (export "fd_datasync") (param i32) (result i32) (i32.const 8))
  (func (export "fd_fdstat_get") (param i32 i32) (result i32) (i32.const 8))
  (func (export "fd_fdstat_set_flags") (param i32 i32) (result i32) (i32.const 8))
  (func (export "fd_filestat_get") (param i32 i32) (result i32) (i32.const 8))
  (func (export "fd_filestat_set_size") (param i32 i64) (result i32) (i32.const 8))
  (func (export "fd_filestat_set_times") (param i32 i64 i64 i32) (result i32) (i32.const 8))
  (func (export "fd_pread") (param i32 i32 i32 i64 i32) (result i32) (i32.const 8))
  (func (export "fd_prestat_get") (param i32 i32) (result i32) (i32.const 8))
  (func (export "fd_prestat_dir_name") (param i32 i32 i32) (result i32) (i32.const 8))
  (func (export "fd_pwrite") (param i32 i32 i32 i64 i32) (result i32) (i32.const 8))
  (func (export "fd_read") (param i32 i32 i32 i32) (result i32) (i32.const 8))
  (func (export "fd_readdir") (param i32 i32 i32 i64 i32) (result i32) (i32.const 8))
  (func (export "fd_seek") (param i32 i64 i32 i32) (result i32) (i32.const 8))
  (func (export "fd_sync") (param i32) (result i32) (i32.const 8))
  (func (export "fd_tell") (param i32 i32) (result i32) (i32.const 8))
  (func (export "path_create_directory") (param i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_filestat_get") (param i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_filestat_set_times") (param i32 i32 i32 i32 i64 i64 i32) (result i32) (i32.const 52))
  (func (export "path_link") (param i32 i32 i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_open") (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32) (i32.const 52))
  (func (export "path_readlink") (param i32 i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_remove_directory") (param i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_rename") (param i32 i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_symlink") (param i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "path_unlink_file") (param i32 i32 i32) (result i32) (i32.const 52))
  (func (export "sched_yield") (result i32) (i32.const 0))
  (func (export "sock_accept") (param i32 i32 i32) (result i32) (i32.const 52))
  (func (export "sock_recv") (param i32 i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "sock_send") (param i32 i32 i32 i32 i32) (result i32) (i32.const 52))
  (func (export "sock_shutdown") (param i32 i32) (result i32) (i32.const 52))
)
