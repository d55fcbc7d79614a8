;; G4 in results.
;; f: func() -> list<list<u8, 100000>>
(module
  (type $bytes (array (mut i8)))
  (type $list (array (mut (ref null $bytes))))
  (func (export "f") (result (ref $list)) (array.new_default $list (i32.const 21475)))
)
