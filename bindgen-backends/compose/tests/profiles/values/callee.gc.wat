;; It has neither a memory nor anything to free.
(module
  (type $string (array (mut i8)))
  (type $pair (struct (field i32) (field i32)))
  (import "[abi=gc]test:profiles/host" "echo" (func $echo (param (ref $string)) (result (ref $string))))
  (data $hello "hello, ")
  (func (export "[abi=gc]test:profiles/lib#add") (param i32 i64) (result i64)
    (i64.add (i64.extend_i32_u (local.get 0)) (local.get 1)))
  (func (export "[abi=gc]test:profiles/lib#divide") (param i32 i32) (result (ref $pair))
    (struct.new $pair (i32.div_u (local.get 0) (local.get 1)) (i32.rem_u (local.get 0) (local.get 1))))
  (func (export "[abi=gc]test:profiles/lib#greet") (param $name (ref $string)) (result (ref $string))
    (local $greeting (ref $string))
    (local.set $name (call $echo (local.get $name)))
    (local.set $greeting (array.new_default $string (i32.add (i32.const 7) (array.len (local.get $name)))))
    (array.init_data $string $hello (local.get $greeting) (i32.const 0) (i32.const 0) (i32.const 7))
    (array.copy $string $string
      (local.get $greeting) (i32.const 7) (local.get $name) (i32.const 0) (array.len (local.get $name)))
    (local.get $greeting))
  (func (export "[abi=gc]test:profiles/lib#live") (result i32) (i32.const 0)))
