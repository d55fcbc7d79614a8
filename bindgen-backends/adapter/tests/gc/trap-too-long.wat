;; G4: 21 475 elements of 100 000 bytes are more than 2^31 - 1 bytes in a receiver's memory. Where the receiver has objects the first
;; element, which is null, is what is wrong.
;; f: func(x: list<list<u8, 100000>>) -> list<list<u8, 100000>>
(module
  (type $bytes (array (mut i8)))
  (type $list (array (mut (ref null $bytes))))
  (type $f (func (param (ref $list)) (result (ref $list))))
  (import "guest" "f" (func $f (type $f)))
  (func (export "run") (drop (call $f (array.new_default $list (i32.const 21475)))))
)
