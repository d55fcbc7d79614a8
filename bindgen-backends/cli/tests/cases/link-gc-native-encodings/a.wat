(module
  (type $utf8 (array (mut i8)))
  (type $utf16 (array (mut i16)))
  (type $utf16s (array (mut (ref null $utf16))))
  (func (export "[abi=gc]test:link/api#same") (param (ref $utf8)) (result (ref $utf16s)) (array.new_fixed $utf16s 0))
  (@custom "onramp:abi" "gc 1"))
