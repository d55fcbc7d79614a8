;; The same with an array that is no closed type: an object could be of a subtype.
;; f: func(x: list<u8>) -> list<u8>
(module
  (type $list (sub (array (mut i8))))
  (type $f (func (param (ref $list)) (result (ref $list))))
  (import "guest" "f" (func $f (type $f)))
  (global $kept (mut (ref null $list)) (ref.null $list))
  ;; Answers with what it was given, and writes to what it was given the time before.
  (func (export "f") (type $f)
    (if (i32.eqz (ref.is_null (global.get $kept)))
      (then (array.set $list (global.get $kept) (i32.const 0) (i32.const 99))))
    (global.set $kept (local.get 0))
    (local.get 0))
  ;; What the first array has after the second call.
  (func (export "written") (result i32)
    (local $list (ref $list))
    (local.set $list (array.new_fixed $list 2 (i32.const 1) (i32.const 2)))
    (drop (call $f (local.get $list)))
    (drop (call $f (array.new_fixed $list 1 (i32.const 3))))
    (array.get_u $list (local.get $list) (i32.const 0)))
  ;; Whether the same array comes back.
  (func (export "same") (result i32)
    (local $list (ref $list))
    (local.set $list (array.new_fixed $list 2 (i32.const 1) (i32.const 2)))
    (ref.eq (local.get $list) (call $f (local.get $list)))))
