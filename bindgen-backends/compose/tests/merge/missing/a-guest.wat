(module
  (import "b-adapter" "in" (func)))
