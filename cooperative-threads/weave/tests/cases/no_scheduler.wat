(module
  (global $__stack_pointer (mut i32) (i32.const 4096))
  (func $frame
    global.get $__stack_pointer
    i32.const 64
    i32.sub
    global.set $__stack_pointer))
