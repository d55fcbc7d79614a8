(module
  (type $pair (struct (field i32) (field i32)))
  (rec
    (type $tree (struct (field (ref null $forest))))
    (type $forest (array (mut (ref null $tree)))))
  (type $own (array i8))
  (func (export "grow") (param (ref $tree) (ref $pair)) (result (ref $own))
    (array.new_default $own (struct.get $pair 0 (local.get 1)))))
