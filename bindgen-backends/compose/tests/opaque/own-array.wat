;; Two arrays: which is meant?
(module
  (type $units (array (mut i16)))
  (type $held (struct (field (ref $units)) (field (ref $units))))
  (import "[opaque=gc]test:demo/api" "[read]string" (func (param externref i32 (ref null $held) i32 i32))))
