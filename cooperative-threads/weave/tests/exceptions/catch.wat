;; A handler with a value, one for all that throws again, a branch out of the body and one out of a handler.
(module
  (tag $number (param i32))
  (tag $nothing)
  (func $may_throw (param i32))
  (func (export "f") (param i32) (result i32)
    block $done (result i32)
      try $try (result i32)
        local.get 0
        call $may_throw
        i32.const 1
        local.get 0
        br_if $try
        br $done
      catch $number
        br $done
      catch $nothing
        i32.const 3
      catch_all
        rethrow $try
      end
    end))
