;; What refers to a thunk, a getter or a setter other than by a call gets a function of the old type.
(module
  (import "[thunk=cm1]test:weave/host" "split" (func $split (param i32) (result i32)))
  (import "[results]" "get-i64-1" (func $get-i64-1 (result i64)))
  (import "[results]" "set-f32-2" (func $set-f32-2 (param f32)))
  (type $called (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (table 2 funcref)
  (elem (i32.const 0) $split $use)
  (elem declare func $get-i64-1)
  (export "set" (func $set-f32-2))
  (func $use (param $x i32) (result i32)
    (drop (ref.is_null (ref.func $get-i64-1)))
    (call_indirect (type $called) (call $split (local.get $x)) (i32.const 0))))
