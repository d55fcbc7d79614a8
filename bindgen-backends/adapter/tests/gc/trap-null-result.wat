;; G1 in results.
;; types: record point { x: u8, name: string }
;; f: func() -> list<option<point>>
(module
  (type $string (array (mut i8)))
  (type $point (struct (field i8) (field (ref null $string))))
  (rec (type $o (sub (struct))) (type $none (sub final $o (struct))) (type $some (sub final $o (struct (field (ref $point))))))
  (type $list (array (ref null $o)))
  (func (export "f") (result (ref $list))
    (array.new_fixed $list 2 (struct.new $some (struct.new $point (i32.const 1) (array.new_fixed $string 0))) (ref.null none)))
)
