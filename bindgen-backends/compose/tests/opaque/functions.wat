;; As a compiler makes it that knows numbers and externref: every accessor that there is once, and its own arrays in objects.
(module
  (type $units (array (mut i16)))
  (type $held (sub (struct (field i32) (field (ref $units)))))
  (import "[opaque=gc]test:demo/types" "[new]point" (func $new-point (param i32 i32 externref) (result externref)))
  (import "[opaque=gc]test:demo/types" "[get]point.x" (func $x (param externref) (result i32)))
  (import "[opaque=gc]test:demo/types" "[get]point.tag" (func $tag (param externref) (result i32)))
  (import "[opaque=gc]test:demo/types" "[get]point.name" (func $name (param externref) (result externref)))
  (import "[opaque=gc]test:demo/host" "name" (func $host-name (param externref) (result externref)))
  (import "[opaque=gc]test:demo/types" "[case]shape" (func $case (param externref) (result i32)))
  (import "[opaque=gc]test:demo/types" "[get]shape.circle" (func $radius (param externref) (result i32)))
  (import "[opaque=gc]test:demo/api" "[length]list<u16>" (func $length (param externref) (result i32)))
  (import "[opaque=gc]test:demo/api" "[new]list<u16>" (func $new (param i32) (result externref)))
  (import "[opaque=gc]test:demo/api" "[at]list<u16>" (func $at (param externref i32) (result i32)))
  (import "[opaque=gc]test:demo/api" "[put]list<u16>" (func $put (param externref i32 i32)))
  (import "[opaque=gc]test:demo/api" "[read]list<u16>"
    (func $read (param externref i32 (ref null $held) i32 i32)))
  (import "[opaque=gc]test:demo/api" "[write]list<u16>"
    (func $write (param externref i32 (ref null $units) i32 i32)))

  (func (export "[opaque=gc]test:demo/api#move") (param $p externref) (param $by i32) (result externref)
    (call $new-point
      (i32.add (call $x (local.get $p)) (local.get $by))
      (call $tag (local.get $p))
      (call $host-name (call $new-point (i32.const 1) (i32.const 2) (call $name (local.get $p))))))

  (func (export "[opaque=gc]test:demo/api#kind") (param $s externref) (result i32)
    (if (result i32) (call $case (local.get $s))
      (then (call $radius (local.get $s)))
      (else (i32.const 0))))

  ;; The first element is doubled.
  (func (export "[opaque=gc]test:demo/api#copy") (param $l externref) (result externref)
    (local $own (ref null $held)) (local $copy externref)
    (local.set $own (struct.new $held (i32.const 0) (array.new_default $units (call $length (local.get $l)))))
    (call $read (local.get $l) (i32.const 0) (local.get $own) (i32.const 0) (call $length (local.get $l)))
    (local.set $copy (call $new (call $length (local.get $l))))
    (call $write (local.get $copy) (i32.const 0) (struct.get $held 1 (local.get $own)) (i32.const 0)
      (call $length (local.get $l)))
    (call $put (local.get $copy) (i32.const 0) (i32.mul (i32.const 2) (call $at (local.get $l) (i32.const 0))))
    (local.get $copy)))
