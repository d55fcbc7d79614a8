;; Options in options, and results of every form.
;; f: func(x: tuple<option<u8>, option<option<string>>, result, result<u16>, result<_, string>, result<u8, f32>>) -> tuple<option<u8>, option<option<string>>, result, result<u16>, result<_, string>, result<u8, f32>>
(module
  (type $string (array (mut i8)))
  (rec (type $o (sub (struct))) (type $o.none (sub final $o (struct))) (type $o.some (sub final $o (struct (field i8)))))
  (rec (type $i (sub (struct))) (type $i.none (sub final $i (struct))) (type $i.some (sub final $i (struct (field (ref $string))))))
  (rec (type $n (sub (struct))) (type $n.none (sub final $n (struct))) (type $n.some (sub final $n (struct (field (ref $i))))))
  (rec (type $r (sub (struct))) (type $r.ok (sub final $r (struct))) (type $r.err (sub final $r (struct))))
  (rec (type $s (sub (struct))) (type $s.ok (sub final $s (struct (field i16)))) (type $s.err (sub final $s (struct))))
  (rec (type $t (sub (struct))) (type $t.ok (sub final $t (struct))) (type $t.err (sub final $t (struct (field (ref $string))))))
  (rec (type $u (sub (struct))) (type $u.ok (sub final $u (struct (field i8)))) (type $u.err (sub final $u (struct (field f32)))))
  (type $all (struct (field (ref $o)) (field (ref $n)) (field (ref $r)) (field (ref $s)) (field (ref $t)) (field (ref $u))))
  (import "guest" "f" (func $f (param (ref $all)) (result (ref $all))))
  (func $twice (param (ref $all)) (drop (call $f (call $f (local.get 0)))))
  (func $text (result (ref $string)) (array.new $string (i32.const 0x61) (i32.const 2)))
  (func (export "run first") (call $twice (struct.new $all
    (struct.new $o.none) (struct.new $n.none) (struct.new $r.ok) (struct.new $s.ok (i32.const 0xffff)) (struct.new $t.ok)
    (struct.new $u.ok (i32.const 255)))))
  (func (export "run second") (call $twice (struct.new $all
    (struct.new $o.some (i32.const 7)) (struct.new $n.some (struct.new $i.none)) (struct.new $r.err) (struct.new $s.err)
    (struct.new $t.err (call $text)) (struct.new $u.err (f32.const 1)))))
  (func (export "run nested") (call $twice (struct.new $all
    (struct.new $o.none) (struct.new $n.some (struct.new $i.some (call $text))) (struct.new $r.ok) (struct.new $s.err)
    (struct.new $t.ok) (struct.new $u.ok (i32.const 0)))))
  (func (export "f") (param (ref $all)) (result (ref $all)) (local.get 0))
)
