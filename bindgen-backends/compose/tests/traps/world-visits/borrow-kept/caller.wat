;; The caller keeps what the host lent to it.
(module
  (import "test:world-visits/desk" "hold" (func $hold (param i32) (result i32)))
  (import "test:world-visits/host" "[method]ticket.number" (func $number (param i32) (result i32)))
  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $free)
    (global.set $free (i32.and (i32.add (global.get $free) (i32.add (local.get 3) (i32.const 7))) (i32.const -8))))
  (func (export "run") (param $given i32) (param $lent i32) (param $more i32) (param $length i32) (result i32)
    (i32.const 8)))
