;; A module without functions of its own.
(module
  (import "[thunk=cm1]test:weave/host" "split" (func $split (param i32) (result i32)))
  (memory (export "memory") 1)
  (export "[thunk=cm1]test:weave/api#join" (func $split)))
