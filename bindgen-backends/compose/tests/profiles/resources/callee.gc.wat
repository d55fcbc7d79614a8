;; Its representations are the values. The destructor notes what it destroys.
(module
  (type $things (array (mut externref)))
  (type $two (struct (field externref) (field externref)))
  (import "[abi=gc]test:profiles/host" "note" (func $note (param i32)))
  (import "[abi=gc][export]test:profiles/lib" "[resource-new]thing" (func $new (param i32) (result externref)))
  (import "[abi=gc][export]test:profiles/lib" "[resource-rep]thing"
    (func $representation (param externref) (result i32)))
  (import "[abi=gc][export]test:profiles/lib" "[borrow-rep]thing" (func $lent (param externref) (result i32)))
  (import "[abi=gc][export]test:profiles/lib" "[resource-drop]thing" (func $drop (param externref)))
  (func (export "[abi=gc]test:profiles/lib#[constructor]thing") (param i32) (result externref)
    (call $new (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#[method]thing.value") (param externref) (result i32)
    (call $lent (local.get 0)))
  (func (export "test:profiles/lib#[dtor]thing") (param i32) (call $note (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#swap") (param externref externref) (result (ref $two))
    (struct.new $two (local.get 1) (local.get 0)))
  (func (export "[abi=gc]test:profiles/lib#sum") (param $of (ref $things)) (result i32)
    (i32.add
      (call $lent (array.get $things (local.get $of) (i32.const 0)))
      (call $lent (array.get $things (local.get $of) (i32.const 1)))))
  (func (export "[abi=gc]test:profiles/lib#take") (param $of (ref $things))
    (call $note
      (i32.add (i32.const 1000) (call $representation (array.get $things (local.get $of) (i32.const 0)))))
    (call $drop (array.get $things (local.get $of) (i32.const 0)))
    (call $drop (array.get $things (local.get $of) (i32.const 1))))
  (func (export "[abi=gc]test:profiles/lib#make") (param $first i32) (param $second i32) (result (ref $things))
    (array.new_fixed $things 2 (call $new (local.get $first)) (call $new (local.get $second)))))
