;; No parameters and no result.
;; f: func()
(module
  (import "guest" "f" (func $f))
  (func (export "run") (call $f))
  (func (export "f"))
)
