(module
  (type $string (array (mut i8)))
  (type $sixteen
    (struct
      (field i32) (field i64) (field f32) (field f64) (field i8) (field i8) (field i8) (field i32)
      (field i32) (field i64) (field f32) (field f64) (field i32) (field i32) (field i32) (field i32)))
  (type $seventeen
    (struct
      (field i32) (field i32) (field i32) (field i32) (field i32) (field i32) (field i32) (field i32) (field i32)
      (field i32) (field i32) (field i32) (field i32) (field i32) (field i32) (field i32) (field i32)))
  (func (export "[abi=gc]test:profiles/lib#sixteen") (result (ref $sixteen))
    (struct.new $sixteen
      (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5) (i32.const -6) (i32.const 1) (i32.const 65)
      (i32.const 9) (i64.const 10) (f32.const 11) (f64.const 12)
      (i32.const 13) (i32.const 14) (i32.const 15) (i32.const 16)))
  (func (export "[abi=gc]test:profiles/lib#seventeen") (result (ref $seventeen))
    (struct.new $seventeen
      (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7)
      (i32.const 8) (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12) (i32.const 13) (i32.const 14)
      (i32.const 15) (i32.const 16)))
  (func (export "[abi=gc]test:profiles/lib#sum")
    (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 (ref $string)) (result i32)
    (local.get 0)
    (i32.add (local.get 1))
    (i32.add (local.get 2))
    (i32.add (local.get 3))
    (i32.add (local.get 4))
    (i32.add (local.get 5))
    (i32.add (local.get 6))
    (i32.add (local.get 7))
    (i32.add (local.get 8))
    (i32.add (local.get 9))
    (i32.add (local.get 10))
    (i32.add (local.get 11))
    (i32.add (local.get 12))
    (i32.add (local.get 13))
    (i32.add (local.get 14))
    (i32.add (local.get 15))
    (i32.add (array.len (local.get 16)))))
