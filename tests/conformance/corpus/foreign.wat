;; Has what wit-component does not make: functions and values at its own level, a nested component that has code, an import
;; that is a component, an async function.
(component
  (import "plain" (func $plain (param "a" (list (tuple u8 string)))))
  (import "inner" (component $imported (export "f" (func))))
  (component $inner
    (core module $code (func (export "f")))
    (core instance $instance (instantiate $code))
    (func $f (canon lift (core func $instance "f")))
    (export "f" (func $f)))
  (instance $one (instantiate $inner))
  (instance $two (instantiate $imported))
  (core type $t (func (param i32)))
  (core module $async
    (func (export "g"))
    (func (export "h") (result i32) i32.const 0)
    (func (export "callback") (param i32 i32 i32) (result i32) i32.const 0))
  (core instance $async (instantiate $async))
  (func $g async (canon lift (core func $async "h") async (callback (core func $async "callback"))))
  (export "test:case/one" (instance $one))
  (export "test:case/two" (instance $two))
  (export "g" (func $g)))
