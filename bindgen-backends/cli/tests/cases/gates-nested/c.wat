;; Its resource is to the two others, which are flattened, as one of the host.
(component
  (type $defined (resource (rep i32)))
  (core func $new (canon resource.new $defined))
  (core module $main
    (import "" "new" (func $new (param i32) (result i32)))
    (func (export "new") (param i32) (result i32) (call $new (local.get 0)))
    (func (export "number") (param i32) (result i32) (local.get 0))
    (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
  (core instance $main (instantiate $main (with "" (instance (export "new" (func $new))))))
  (func $new (param "number" u32) (result (own $defined)) (canon lift (core func $main "new")))
  (func $number (param "self" (borrow $defined)) (result u32) (canon lift (core func $main "number")))
  (func $twice (param "x" u32) (result u32) (canon lift (core func $main "twice")))
  (component $host
    (import "import-type-ticket" (type $ticket (sub resource)))
    (import "import-new" (func $new (param "number" u32) (result (own $ticket))))
    (import "import-number" (func $number (param "self" (borrow $ticket)) (result u32)))
    (import "import-twice" (func $twice (param "x" u32) (result u32)))
    (export $exported "ticket" (type $ticket))
    (export "[constructor]ticket" (func $new) (func (param "number" u32) (result (own $exported))))
    (export "[method]ticket.number" (func $number) (func (param "self" (borrow $exported)) (result u32)))
    (export "twice" (func $twice)))
  (instance $exported (instantiate $host
    (with "import-type-ticket" (type $defined)) (with "import-new" (func $new))
    (with "import-number" (func $number)) (with "import-twice" (func $twice))))
  (export "test:host/host" (instance $exported))
  (core type (func)))
