(component
  (import "t" (type $t (sub resource)))
  (import "f" (func $f (param "x" (own $t))))
  (export "g" (func $f)))
