;; It exports an instance that it imports; wit-parser asserts that this does not happen.
(component
  (import "test:a/b" (instance $imported (export "t" (type (sub resource))) (export "f" (func))))
  (export "test:a/b" (instance $imported)))
