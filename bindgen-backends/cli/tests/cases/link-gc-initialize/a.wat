;; All types in one group, that of `_initialize` too.
(module
  (rec
    (type $string (array (mut i8)))
    (type $nothing (func))
    (type $count (func (param i32) (result i32)))
    (type $length (func (param (ref $string)) (result i32))))
  (global $number (mut i32) (i32.const 0))
  (func (export "_initialize") (type $nothing) (global.set $number (i32.const 40)))
  (func (export "[abi=gc]test:link/api#count") (type $count) (i32.add (global.get $number) (local.get 0)))
  (func (export "[abi=gc]test:link/api#length") (type $length) (array.len (local.get 0)))
  (@custom "onramp:abi" "gc 1"))
