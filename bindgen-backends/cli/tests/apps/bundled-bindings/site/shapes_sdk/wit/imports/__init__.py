raise AssertionError("these bindings are for editors")
