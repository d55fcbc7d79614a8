(rec
  (type $option (sub (struct)))
  (type $none (sub final $option (struct)))
  (type $some (sub final $option (struct (field i32)))))
(func (export "[abi=gc]onramp:allocations/of-callee#live") (result (ref $option)) (struct.new $none))
