;; Strings in UTF-16, in one recursion group with what it returns. Nothing needs to be freed.
(module
  (rec
    (type $pair (sub (struct (field i32) (field (mut i32)))))
    (type $string (array (mut i16))))
  (import "[abi=gc]test:profiles/host" "echo" (func $echo (param (ref null $string)) (result (ref $string))))
  (func (export "[abi=gc]test:profiles/lib#add") (param i32 i64) (result i64)
    (i64.add (i64.extend_i32_u (local.get 0)) (local.get 1)))
  (func (export "[abi=gc]test:profiles/lib#divide") (param i32 i32) (result (ref null $pair))
    (struct.new $pair (i32.div_u (local.get 0) (local.get 1)) (i32.rem_u (local.get 0) (local.get 1))))
  (data $hello "h\00e\00l\00l\00o\00,\00 \00")
  (func (export "[abi=gc]test:profiles/lib#greet") (param $name (ref $string)) (result (ref $string))
    (local $greeting (ref $string))
    (local.set $name (call $echo (local.get $name)))
    (local.set $greeting (array.new $string (i32.const 0) (i32.add (i32.const 7) (array.len (local.get $name)))))
    (array.init_data $string $hello (local.get $greeting) (i32.const 0) (i32.const 0) (i32.const 7))
    (array.copy $string $string (local.get $greeting) (i32.const 7) (local.get $name) (i32.const 0) (array.len (local.get $name)))
    (local.get $greeting))
  (func (export "[abi=gc]test:profiles/lib#live") (result i32) (i32.const 0)))
