;; The caller uses what it has dropped.
(module
  (import "test:visits/host" "[resource-drop]ticket" (func $drop-ticket (param i32)))
  (import "test:visits/desk" "look" (func $look (param i32) (result i32)))
  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $free)
    (global.set $free (i32.and (i32.add (global.get $free) (i32.add (local.get 3) (i32.const 7))) (i32.const -8))))
  (func (export "test:visits/entry#run") (param $given i32) (param $lent i32) (param $more i32) (param $length i32) (result i32)
    (call $drop-ticket (local.get $lent))
    (drop (call $look (local.get $lent)))
    (i32.const 8)))
