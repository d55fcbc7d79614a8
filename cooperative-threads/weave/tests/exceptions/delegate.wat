;; Delegation past a `try` that would catch: to an outer one, whose handler does not take all, and to the caller.
(module
  (tag $number (param i32))
  (func $throws)
  (func (export "f") (result i32)
    try $outer (result i32)
      try $between (result i32)
        try (result i32)
          call $throws
          i32.const 1
        delegate $outer
      catch_all
        i32.const 2
      end
    catch $number
    end)
  (func (export "g")
    try
      try
        call $throws
      delegate 1
    catch_all
    end))
