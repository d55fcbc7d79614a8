(rec
  (type $option (sub (struct)))
  (type $none (sub final $option (struct)))
  (type $some (sub final $option (struct (field i32)))))
(import "[abi=gc]onramp:allocations/of-callee" "live" (func $live (result (ref $option))))
(func (export "[abi=gc]onramp:allocations/of-both#caller") (result (ref $option)) (struct.new $none))
(func (export "[abi=gc]onramp:allocations/of-both#callee") (result (ref $option)) (call $live))
