;; Gets handles from the host, in lists and variants, and from the other guest: both have gates.
(component
  (import "test:case/host" (instance $host
    (export "ticket" (type $ticket (sub resource)))
    (export "[constructor]ticket" (func (param "number" u32) (result (own $ticket))))
    (export "sum" (func (param "of" (list (tuple (borrow $ticket) (option (borrow $ticket))))) (result u32)))
    (export "issue" (func (param "number" u32) (result (result (list (own $ticket)) (error (own $ticket))))))))
  (alias export $host "ticket" (type $ticket))
  (core module $memory
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $memory (instantiate $memory))
  (core func $new (canon lower (func $host "[constructor]ticket")))
  (core func $sum (canon lower (func $host "sum") (memory (core memory $memory "memory"))))
  (core func $issue (canon lower (func $host "issue") (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
  (core func $drop (canon resource.drop $ticket))
  (core module $main
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "sum" (func $sum (param i32 i32) (result i32)))
    (import "" "issue" (func $issue (param i32 i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "take") (param i32) (result i32) (call $drop (local.get 0)) (i32.const 7)))
  (core instance $main (instantiate $main (with "" (instance (export "new" (func $new)) (export "sum" (func $sum))
    (export "issue" (func $issue)) (export "drop" (func $drop))))))
  (type $own (own $ticket))
  (func $take (param "it" $own) (result u32) (canon lift (core func $main "take")))
  (component $desk
    (import "import-type-ticket" (type $ticket (sub resource)))
    (import "import-func-take" (func $take (param "it" (own $ticket)) (result u32)))
    (export $exported "ticket" (type $ticket))
    (export "take" (func $take) (func (param "it" (own $exported)) (result u32))))
  (instance $exported (instantiate $desk
    (with "import-type-ticket" (type $ticket)) (with "import-func-take" (func $take))))
  (export "test:case/desk" (instance $exported)))
