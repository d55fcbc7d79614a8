;; Types of native guests that those of a scenario may be made of. They and the scenario's own stand in front of the helpers' functions,
;; since imports have to.
(type $string (array (mut i8)))
(type $strings (array (mut (ref null $string))))
;; What a caller's `run` returns.
(rec
  (type $checks (sub (struct)))
  (type $made (sub final $checks (struct (field i32))))
  (type $failed (sub final $checks (struct (field (ref $string))))))
