(module
  (import "a-guest" "memory" (memory 1))
  (table $table (export "table") 1 funcref)
  (memory $scratch 1)
  (tag $tag (export "tag") (param i32))
  (global $global (export "global") (mut i32) (i32.const 0))
  (elem $elements (table $table) (i32.const 0) func $filler)
  (elem $later func $filler)
  (data $passive "xyz")
  (func $filler
    (memory.init $scratch $passive (i32.const 0) (i32.const 0) (i32.const 3))
    (memory.copy 0 $scratch (i32.const 0) (i32.const 0) (i32.const 3))
    (table.init $table $later (i32.const 0) (i32.const 0) (i32.const 1))
    (elem.drop $later)))
