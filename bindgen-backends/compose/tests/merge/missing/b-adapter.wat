(module
  (func (export "inn")))
