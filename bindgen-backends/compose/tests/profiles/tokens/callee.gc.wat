(module
  (type $tokens (array (mut externref)))
  (import "[abi=gc]test:profiles/host" "[method]token.number" (func $number (param externref) (result i32)))
  (import "[abi=gc]test:profiles/host" "[resource-drop]token" (func $drop (param externref)))
  (global $kept (mut externref) (ref.null extern))
  (func (export "[abi=gc]test:profiles/lib#show") (param externref) (result i32)
    (call $number (local.get 0))
    (call $drop (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#keep") (param $tokens (ref $tokens))
    (local $at i32)
    (global.set $kept (array.get $tokens (local.get $tokens) (i32.const 0)))
    (local.set $at (i32.const 1))
    (loop $next
      (if (i32.lt_u (local.get $at) (array.len (local.get $tokens)))
        (then
          (call $drop (array.get $tokens (local.get $tokens) (local.get $at)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next)))))
  (func (export "[abi=gc]test:profiles/lib#kept") (result externref) (global.get $kept)))
