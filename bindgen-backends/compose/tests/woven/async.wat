(module (import "[weave=gc]test:woven/host" "later" (func (param i32))))
