(module
  (import "test:guide/titles" "count" (func $count (param i32 i32) (result i32)))
  (memory (export "memory") 17)
  (func (export "test:guide/app#run") (param $letters i32) (result i32)
    (memory.fill (i32.const 1024) (i32.const 97) (local.get $letters))
    (call $count (i32.const 1024) (local.get $letters))))
