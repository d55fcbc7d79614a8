(module (import "[weave=gc]test:woven/host" "uper" (func (param i32 i32 i32))))
