;; A `try` in a handler, throwing the outer exception again from the inner handler; a `try` without handlers; a loop.
(module
  (tag $t (param i64 f32))
  (func $throws)
  (func (export "f") (param i32)
    loop $again
      try $outer
        call $throws
      catch_all
        try
          try
            call $throws
          end
        catch $t
          drop
          drop
          local.get 0
          br_table $again 0 1 2
          rethrow $outer
        end
      end
    end))
