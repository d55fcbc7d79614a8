;; G6 in the result of an import.
;; types: record r { name: string, numbers: list<u8> }
;; f: func(x: r) -> option<r>
(module
  (type $string (array (mut i8)))
  (type $numbers (array i8))
  (type $r (struct (field (ref $string)) (field (ref $numbers))))
  (rec (type $o (sub (struct))) (type $none (sub final $o (struct))) (type $some (sub final $o (struct (field (ref $r))))))
  (import "guest" "f" (func $f (param (ref $r)) (result (ref $o))))
  (func (export "run") unreachable)
)
