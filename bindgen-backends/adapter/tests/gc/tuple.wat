;; f: func(x: tuple<u8, tuple<string>, tuple<u64, bool>>) -> tuple<u8, tuple<string>, tuple<u64, bool>>
(module
  (type $string (array (mut i8)))
  (type $one (struct (field (ref $string))))
  (type $two (struct (field i64) (field i8)))
  (type $all (struct (field i8) (field (ref $one)) (field (ref $two))))
  (import "guest" "f" (func $f (param (ref $all)) (result (ref $all))))
  (func (export "run") (drop (call $f (call $f (struct.new $all (i32.const 200)
    (struct.new $one (array.new $string (i32.const 0x7a) (i32.const 2)))
    (struct.new $two (i64.const -1) (i32.const 1)))))))
  (func (export "f") (param (ref $all)) (result (ref $all)) (local.get 0))
)
