;; Every 50th text comes from the host.
(module
  (type $string (array (mut i8)))
  (import "[abi=gc]test:profiles/host" "quiet" (func $quiet (param (ref $string)) (result (ref $string))))
  (global $calls (mut i32) (i32.const 0))
  (func (export "[abi=gc]test:profiles/lib#same") (param $text (ref $string)) (result (ref $string))
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (if (i32.eqz (i32.rem_u (global.get $calls) (i32.const 50)))
      (then (local.set $text (call $quiet (local.get $text)))))
    (local.get $text))
  (func (export "[abi=gc]test:profiles/lib#live") (result i32) (i32.const 0)))
