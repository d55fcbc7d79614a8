(module
  (memory 1)
  (global $__stack_pointer (mut i32) (i32.const 4096))
  (global $coop_stack_limit (mut i32) (i32.const 0))
  (func $coop_stack_overflowed unreachable)
  (func $leaf (param i32) (result i32) local.get 0)
  (func $frame (param i32 i64) (result i32)
    (local i32 f64)
    global.get $__stack_pointer
    i32.const 64
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    local.get 2
    call $leaf
    local.get 2
    i32.const 64
    i32.add
    global.set $__stack_pointer))
