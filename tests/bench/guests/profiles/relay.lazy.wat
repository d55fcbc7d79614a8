;; The guest between the two, of a profile that receives lazily: it passes the handle on.
(import "ABIonramp:bench/calls" "ignore" (func $ignore (param i32 i32)))
(memory (export "memory") 40)
(func (export "ABIonramp:bench/relay#forward") (param $handle i32) (param $length i32)
  (call $ignore (local.get $handle) (i32.const 0xffff_ffff)))
