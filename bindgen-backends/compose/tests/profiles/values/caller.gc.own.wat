;; Its types are its own choice: arrays of UTF-16, references that may be null, a struct that is not final, in one large group.
(module
  (rec
    (type $string (array (mut i16)))
    (type $u16s (sub (array (mut i16))))
    (type $lists (array (mut (ref $u16s))))
    (type $pair (sub (struct (field (mut i32)) (field i32))))
    (type $note (func (param i32)))
    (type $echo (func (param (ref null $string)) (result (ref null $string)))))
  (import "[abi=gc]test:profiles/host" "note" (func $note (type $note)))
  (import "[abi=gc]test:profiles/host" "echo" (func $echo (type $echo)))
  (import "[abi=gc]test:profiles/host" "echo-lists" (func $echo-lists (param (ref $lists)) (result (ref null $lists))))
  (import "[abi=gc]test:profiles/lib" "add" (func $add (param i32 i64) (result i64)))
  (import "[abi=gc]test:profiles/lib" "divide" (func $divide (param i32 i32) (result (ref null $pair))))
  (import "[abi=gc]test:profiles/lib" "greet" (func $greet (param (ref $string)) (result (ref $string))))
  (import "[abi=gc]test:profiles/lib" "live" (func $live (result i32)))
  (data $world "w\00\f6\00r\00l\00d\00")
  ;; The length of a text in UTF-8, of characters up to U+07FF.
  (func $length (param $of (ref null $string)) (result i32)
    (local $at i32) (local $length i32)
    (local.set $length (array.len (local.get $of)))
    (loop $next
      (local.set $length
        (i32.add (local.get $length) (i32.ge_u (array.get_u $string (local.get $of) (local.get $at)) (i32.const 128))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (array.len (local.get $of)))))
    (local.get $length))
  (func $run
    (local $pair (ref null $pair)) (local $lists (ref null $lists))
    (call $note (i32.wrap_i64 (i64.shr_u (call $add (i32.const 7) (i64.const 0x5_0000_0000)) (i64.const 32))))
    (local.set $pair (call $divide (i32.const 47) (i32.const 10)))
    (call $note (struct.get $pair 1 (local.get $pair)))
    (call $note (struct.get $pair 0 (local.get $pair)))
    (call $note
      (call $length (call $echo (call $greet (array.new_data $string $world (i32.const 0) (i32.const 5))))))
    (local.set $lists
      (call $echo-lists
        (array.new_fixed $lists 2
          (array.new_fixed $u16s 3 (i32.const 1) (i32.const 2) (i32.const 3))
          (array.new_fixed $u16s 0))))
    (call $note (array.len (local.get $lists)))
    (call $note (call $live))
    (call $note (array.get_u $u16s (array.get $lists (local.get $lists) (i32.const 0)) (i32.const 2))))
  (export "[abi=gc]test:profiles/entry#run" (func $run)))
