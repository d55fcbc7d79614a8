;; The third guest returns a thing that it does not have.
(module
  (import "test:handles/middle" "return-index" (func $return-index (param i32) (result i32)))
  (func (export "test:handles/entry#run")
    (drop (call $return-index (i32.const 5)))))
