;; UTF-16, and references that may be null but are not.
;; f: func(x: string) -> string
(module
  (type $string (array (mut i16)))
  (import "guest" "f" (func $f (param (ref null $string)) (result (ref null $string))))
  (data $text "n\00a\00\ef\00v\00e\00 \00\22\6f\57\5b \00\3c\d8\bc\df")
  (func (export "run") (drop (call $f (call $f (array.new_data $string $text (i32.const 0) (i32.const 11))))))
  (func (export "run empty") (drop (call $f (array.new_fixed $string 0))))
  (func (export "f") (param (ref null $string)) (result (ref null $string)) (local.get 0))
)
