;; The WIT package `test:tickets`.
(component
  (type (component
    (type (instance
      (export "ticket" (type $ticket (sub resource)))
      (type $own (own $ticket))
      (export "[constructor]ticket" (func (param "number" u32) (result $own)))
      (type $borrow (borrow $ticket))
      (export "[method]ticket.number" (func (param "self" $borrow) (result u32)))))
    (export "test:tickets/desk" (instance (type 0)))))
  (export "desk" (type 0)))
