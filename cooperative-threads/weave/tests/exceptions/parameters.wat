(module
  (func (export "f")
    i32.const 1
    try (param i32)
      drop
    catch_all
    end))
