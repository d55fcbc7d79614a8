;; The same guest with types of its own: UTF-16, one recursion group, nothing final that need not be.
;; f: func(x: list<entry>) -> list<entry>
(module
  (rec (type $string (array (mut i16)))
  (type $o (sub (struct))) (type $none (sub final $o (struct))) (type $some (sub final $o (struct (field i32))))
  (type $entry (sub (struct (field (mut (ref null $string))) (field (ref $o)))))
  (type $list (array (mut (ref $entry)))))
  (type $f (func (param (ref $list)) (result (ref $list))))
  (import "guest" "f" (func $f (type $f)))
  (func $entry (param $number i32) (result (ref $entry))
    (struct.new $entry
      (array.new $string (i32.const 0x61) (i32.const 32))
      (struct.new $some (local.get $number))))
  (func $list (param $number i32) (result (ref $list))
    (array.new_fixed $list 3
      (call $entry (local.get $number))
      (struct.new $entry (array.new_fixed $string 0) (struct.new $none))
      (call $entry (i32.add (local.get $number) (i32.const 1)))))
  ;; The sum of the numbers.
  (func $sum (param $list (ref $list)) (result i32)
    (i32.add
      (call $number (array.get $list (local.get $list) (i32.const 0)))
      (call $number (array.get $list (local.get $list) (i32.const 2)))))
  (func $number (param (ref null $entry)) (result i32)
    (struct.get $some 0 (ref.cast (ref $some) (struct.get $entry 1 (local.get 0)))))
  (func (export "run") (param $calls i32)
    (loop $again
      ;; Each number comes back one greater.
      (if (i32.ne
            (call $sum (call $f (call $list (local.get $calls))))
            (i32.add (i32.mul (local.get $calls) (i32.const 2)) (i32.const 3)))
        (then unreachable))
      (br_if $again (local.tee $calls (i32.sub (local.get $calls) (i32.const 1))))))
  (func (export "f") (type $f)
    (call $list (i32.add (i32.shr_u (call $sum (local.get 0)) (i32.const 1)) (i32.const 1)))))
