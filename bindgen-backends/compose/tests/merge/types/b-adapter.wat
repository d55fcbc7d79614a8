(module
  (type $other (array i16))
  (rec
    (type $tree (struct (field (ref null $forest))))
    (type $forest (array (mut (ref null $tree)))))
  (rec
    (type $single (struct (field (ref null $single)))))
  (type $pair (struct (field i32) (field i32)))
  (type $bytes (array i8))
  (type $grow (func (param (ref $tree) (ref $pair)) (result (ref $bytes))))
  (import "a-guest" "grow" (func $grow (type $grow)))
  (func (export "shrink") (param $tree (ref $tree)) (result i32)
    (local $single (ref null $single))
    (local.set $single (struct.new $single (local.get $single)))
    (array.len (call $grow (local.get $tree) (struct.new $pair (i32.const 1) (i32.const 2))))))
