;; G3: a list of a fixed length has another.
;; f: func(x: list<u32, 4>, y: list<list<u8, 2>>) -> list<u32, 4>
(module
  (type $numbers (array (mut i32)))
  (type $bytes (array (mut i8)))
  (type $list (array (mut (ref null $bytes))))
  (type $f (func (param (ref $numbers) (ref $list)) (result (ref $numbers))))
  (import "guest" "f" (func $f (type $f)))
  (func $go (param (ref $numbers) (ref $list)) (drop (call $f (local.get 0) (local.get 1))))
  (func $four (result (ref $numbers)) (array.new_default $numbers (i32.const 4)))
  (func $two (result (ref $list)) (array.new_fixed $list 1 (array.new_default $bytes (i32.const 2))))
  (func (export "run right") (call $go (call $four) (call $two)))
  (func (export "run empty") (call $go (array.new_default $numbers (i32.const 0)) (call $two)))
  (func (export "run short") (call $go (array.new_default $numbers (i32.const 3)) (call $two)))
  (func (export "run long") (call $go (array.new_default $numbers (i32.const 5)) (call $two)))
  (func (export "run element") (call $go (call $four) (array.new_fixed $list 2
    (array.new_default $bytes (i32.const 2)) (array.new_default $bytes (i32.const 1)))))
  (func (export "f") (type $f) (array.new_default $numbers (i32.const 5)))
)
