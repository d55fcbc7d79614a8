;; What TeaVM's modules import of JavaScript, as far as it can be had without. Exports are called `module field`.
(module
  ;; TeaVM makes strings of JavaScript when it makes an exception, which nobody looks at here: they are arrays of UTF-16.
  (type $chars (array (mut i16)))

  (func $chars (param $string externref) (result (ref $chars))
    (ref.cast (ref $chars) (any.convert_extern (local.get $string))))

  (func (export "wasm:js-string length") (param $string externref) (result i32)
    (array.len (call $chars (local.get $string))))

  (func (export "wasm:js-string charCodeAt") (param $string externref) (param $index i32) (result i32)
    (array.get_u $chars (call $chars (local.get $string)) (local.get $index)))

  (func (export "wasm:js-string fromCharCode") (param $code i32) (result (ref extern))
    (extern.convert_any (array.new_fixed $chars 1 (local.get $code))))

  (func $part (export "wasm:js-string fromCharCodeArray")
      (param $array (ref null $chars)) (param $start i32) (param $end i32) (result (ref extern))
    (local $made (ref $chars))
    (local.set $made (array.new_default $chars (i32.sub (local.get $end) (local.get $start))))
    (array.copy $chars $chars (local.get $made) (i32.const 0) (local.get $array) (local.get $start)
      (i32.sub (local.get $end) (local.get $start)))
    (extern.convert_any (local.get $made)))

  (func (export "wasm:js-string substring")
      (param $string externref) (param $start i32) (param $end i32) (result (ref extern))
    (call $part (call $chars (local.get $string)) (local.get $start) (local.get $end)))

  (func (export "wasm:js-string intoCharCodeArray")
      (param $string externref) (param $array (ref null $chars)) (param $start i32) (result i32)
    (local $from (ref $chars))
    (local.set $from (call $chars (local.get $string)))
    (array.copy $chars $chars (local.get $array) (local.get $start) (local.get $from) (i32.const 0)
      (array.len (local.get $from)))
    (array.len (local.get $from)))

  (func $concat (param $one (ref $chars)) (param $other (ref $chars)) (result (ref $chars))
    (local $made (ref $chars))
    (local.set $made
      (array.new_default $chars (i32.add (array.len (local.get $one)) (array.len (local.get $other)))))
    (array.copy $chars $chars (local.get $made) (i32.const 0) (local.get $one) (i32.const 0)
      (array.len (local.get $one)))
    (array.copy $chars $chars (local.get $made) (array.len (local.get $one)) (local.get $other) (i32.const 0)
      (array.len (local.get $other)))
    (local.get $made))

  (func (export "wasm:js-string concat") (param $one externref) (param $other externref) (result (ref extern))
    (extern.convert_any (call $concat (call $chars (local.get $one)) (call $chars (local.get $other)))))

  (func $equal (param $one (ref $chars)) (param $other (ref $chars)) (result i32)
    (local $index i32)
    (if (i32.ne (array.len (local.get $one)) (array.len (local.get $other))) (then (return (i32.const 0))))
    (loop $next
      (if (i32.eq (local.get $index) (array.len (local.get $one))) (then (return (i32.const 1))))
      (if (i32.ne
            (array.get_u $chars (local.get $one) (local.get $index))
            (array.get_u $chars (local.get $other) (local.get $index)))
        (then (return (i32.const 0))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; A function with a parameter of this name and this body. There is one that can be called: it returns its argument. Others are
  ;; made when the module starts, and trap when they are called.
  (func (export "teavmJso createFunction1") (param $name externref) (param $body externref) (result (ref extern))
    (extern.convert_any (ref.i31 (call $equal
      (call $chars (local.get $body))
      (call $concat
        (call $concat
          (array.new_fixed $chars 7 (i32.const 114) (i32.const 101) (i32.const 116) (i32.const 117) (i32.const 114)
            (i32.const 110) (i32.const 32)) ;; "return "
          (call $chars (local.get $name)))
        (array.new_fixed $chars 1 (i32.const 59))))))) ;; ";"

  (func (export "teavmJso callFunction1") (param $function externref) (param $argument externref) (result externref)
    (if (i32.eqz (i31.get_u (ref.cast (ref i31) (any.convert_extern (local.get $function))))) (then (unreachable)))
    (local.get $argument))

  (func (export "teavmJso stringBuiltinsSupported") (result i32) (i32.const 1))

  (func (export "teavmJso isUndefined") (param externref) (result i32) (i32.const 0))

  ;; The frames of an exception: none are known.
  (func (export "teavm takeStackTrace") (param externref) (result externref) (ref.null extern))

  (func (export "teavmMemory notifyHeapResized")))
