;; Asynchronous functions are eager only.
;; f: async func(x: string)
(module
  (type $string (array (mut i8)))
  (func (export "f") (param (ref $string))))
