;; A handle below 2^30 is an i31ref, one from there up has a struct.
;; types: resource a; resource b;
;; f: func(x: own<a>, y: borrow<b>, z: option<own<a>>) -> own<a>
(module
  (type $boxed (struct (field i32)))
  (rec (type $o (sub (struct))) (type $o.none (sub final $o (struct))) (type $o.some (sub final $o (struct (field externref)))))
  (type $f (func (param externref externref (ref $o)) (result externref)))
  (import "guest" "f" (func $f (type $f)))
  (func $small (param i32) (result externref) (extern.convert_any (ref.i31 (local.get 0))))
  (func $great (param i32) (result externref) (extern.convert_any (struct.new $boxed (local.get 0))))
  (func (export "run") (drop (call $f (call $small (i32.const 7)) (call $small (i32.const 8))
    (struct.new $o.some (call $small (i32.const 9))))))
  (func (export "run great") (drop (call $f (call $great (i32.const 0x40000000)) (call $great (i32.const 0x40000001))
    (struct.new $o.none))))
  (func (export "run back") (drop (call $f (call $f (call $small (i32.const 1)) (call $small (i32.const 2)) (struct.new $o.none))
    (call $small (i32.const 2)) (struct.new $o.none))))
  (func (export "f") (type $f) (local.get 0))
)
