(module
  (func (export "[weave=gc]test:keep/api#first") (param i32 i32) (result i32) (unreachable))
  (@custom "onramp:abi" "gc 1\nkeep test:keep/api#first:last\n"))
