(module
  (import "env" "memory" (memory 0))
  (import "test:shared/host" "text" (func $text (param i32)))
  (func (export "cabi_import_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 2048))
  (func (export "count") (result i32)
    (call $text (i32.const 64))
    (i32.load (i32.const 68)))
)
