;; The WIT package `test:count` with its interface `left`.
(component
  (type (component
    (type (instance
      (type (func (result u32)))
      (export "next" (func (type 0)))))
    (export "test:count/left" (instance (type 0)))))
  (export "left" (type 0)))
