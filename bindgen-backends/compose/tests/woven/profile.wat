(module (import "[weave=cm1]test:woven/host" "upper" (func (param i32 i32 i32))))
