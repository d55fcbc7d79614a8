;; G6: what a guest is given must be mutable; what it sends need not.
;; f: func(x: list<string>) -> list<string>
(module
  (type $string (array i8))
  (type $strings (array (mut (ref null $string))))
  (type $sent (array (ref $string)))
  (func (export "f") (param (ref $strings)) (result (ref $sent)) unreachable)
)
