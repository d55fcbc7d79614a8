(module
  (type $string (array (mut i8)))
  (memory (export "memory") 1)
  (func $widen (export "[weave=gc]test:woven/api#widen") (param i32) (result i32) (local.get 0))
  (func $length (export "[abi=gc]test:woven/api#length") (param (ref $string)) (result i32) (array.len (local.get 0)))
  (@custom "onramp:abi" "gc 1\n"))
