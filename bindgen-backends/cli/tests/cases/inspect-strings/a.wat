(component
  (import "test:text/printer" (instance $up
    (export "paper" (type (sub resource)))
    (export "print" (func (param "text" string)))))
  (core module $memory-owner
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
  (core instance $owner (instantiate $memory-owner))
  (alias core export $owner "memory" (core memory $memory))
  (core func $print (canon lower (func $up "print") (memory $memory) string-encoding=utf16))
  (core module $main
    (import "" "print" (func $print (param i32 i32)))
    (func (export "shout") (param i32 i32) (call $print (local.get 0) (local.get 1))))
  (core instance $main (instantiate $main (with "" (instance (export "print" (func $print))))))
  (func $shout (param "text" string)
    (canon lift (core func $main "shout") (memory $memory) (realloc (core func $owner "realloc")) string-encoding=utf16))
  (instance $shouter (export "shout" (func $shout)))
  (export "test:text/shouter" (instance $shouter)))
