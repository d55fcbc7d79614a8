;; The guest between the two, of a profile whose values are objects.
(type $string (array (mut i8)))
(import "ABIonramp:bench/calls" "ignore" (func $ignore (param (ref $string))))
(func (export "ABIonramp:bench/relay#forward") (param $text (ref $string))
  (call $ignore (local.get $text)))
