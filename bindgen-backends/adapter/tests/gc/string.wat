;; UTF-8.
;; f: func(x: string) -> string
(module
  (type $string (array (mut i8)))
  (import "guest" "f" (func $f (param (ref $string)) (result (ref $string))))
  (data $text "na\c3\afve \e6\bc\a2\e5\ad\97 \f0\9f\8e\bc")
  (func (export "run") (drop (call $f (call $f (array.new_data $string $text (i32.const 0) (i32.const 18))))))
  (func (export "run empty") (drop (call $f (array.new_fixed $string 0))))
  (func (export "run long") (drop (call $f (array.new $string (i32.const 0x61) (i32.const 100)))))
  (func (export "f") (param (ref $string)) (result (ref $string)) (local.get 0))
)
