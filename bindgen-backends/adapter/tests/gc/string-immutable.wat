;; A guest that only sends may have immutable arrays.
;; types: record text { title: string, lines: list<string> }
;; f: func() -> text
(module
  (type $string (array i8))
  (type $lines (array (ref $string)))
  (type $text (struct (field (mut (ref $string))) (field (ref $lines))))
  (data $bytes "onetwo")
  (func (export "f") (result (ref $text))
    (struct.new $text
      (array.new_data $string $bytes (i32.const 0) (i32.const 3))
      (array.new_fixed $lines 2
        (array.new_data $string $bytes (i32.const 3) (i32.const 3))
        (array.new_fixed $string 0))))
)
