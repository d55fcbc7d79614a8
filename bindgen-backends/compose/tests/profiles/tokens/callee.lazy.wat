(module
  (import "[abi=lazy]test:profiles/host" "[method]token.number" (func $number (param i32) (result i32)))
  (import "test:profiles/host" "[resource-drop]token" (func $drop (param i32)))
  (import "[lazy]" "lower" (func $lower (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (global $kept (mut i32) (i32.const 0))
  (func (export "[abi=lazy]test:profiles/lib#show") (param i32) (result i32)
    (call $number (local.get 0))
    (call $drop (local.get 0)))
  ;; The others are dropped with the value, unread.
  (func (export "[abi=lazy]test:profiles/lib#keep") (param i32 i32)
    (call $lower (local.get 0) (i32.const 0) (i32.const 1) (i32.const 128))
    (global.set $kept (i32.load (i32.const 128))))
  (func (export "[abi=lazy]test:profiles/lib#kept") (result i32) (global.get $kept)))
