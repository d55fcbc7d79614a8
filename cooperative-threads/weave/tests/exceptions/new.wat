(module
  (func (export "f")
    block
      try_table (catch_all 0)
      end
    end))
