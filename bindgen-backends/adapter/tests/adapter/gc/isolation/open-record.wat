;; A record whose type has a subtype with a field more, of which the other guest knows.
;; types: record point { x: u8 }
;; f: func(x: point) -> point
(module
  (type $point (sub (struct (field i8))))
  (type $secret (sub final $point (struct (field i8) (field (mut i64)))))
  (type $f (func (param (ref $point)) (result (ref $point))))
  (import "guest" "f" (func $f (type $f)))
  (func (export "f") (type $f)
    (select (result (ref $point))
      (struct.new $secret (i32.const 2) (i64.const 7))
      (struct.new $secret (i32.const 1) (i64.const 7))
      (ref.test (ref $secret) (local.get 0))))
  ;; Whether the other guest was given the secret.
  (func (export "leaked to the callee") (result i32)
    (i32.eq (i32.const 2) (struct.get_u $point 0 (call $f (struct.new $secret (i32.const 1) (i64.const 7))))))
  ;; Whether this one was.
  (func (export "leaked to the caller") (result i32)
    (ref.test (ref $secret) (call $f (struct.new $point (i32.const 1))))))
