;; Gets handles from the host, in lists and variants, and gives some to the other: both have gates.
(component
  (import "test:case/host" (instance $host
    (export "ticket" (type $ticket (sub resource)))
    (export "[constructor]ticket" (func (param "number" u32) (result (own $ticket))))
    (export "sum" (func (param "of" (list (tuple (borrow $ticket) (option (borrow $ticket))))) (result u32)))
    (export "issue" (func (param "number" u32) (result (result (list (own $ticket)) (error (own $ticket))))))))
  (alias export $host "ticket" (type $ticket))
  (import "test:case/desk" (instance $desk
    (alias outer 1 $ticket (type $t))
    (export "ticket" (type $ticket (eq $t)))
    (export "take" (func (param "it" (own $ticket)) (result u32)))))
  (core module $memory
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $memory (instantiate $memory))
  (core func $new (canon lower (func $host "[constructor]ticket")))
  (core func $sum (canon lower (func $host "sum") (memory (core memory $memory "memory"))))
  (core func $issue (canon lower (func $host "issue") (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
  (core func $drop (canon resource.drop $ticket))
  (core func $take (canon lower (func $desk "take")))
  (core module $main
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "sum" (func $sum (param i32 i32) (result i32)))
    (import "" "issue" (func $issue (param i32 i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "take" (func $take (param i32) (result i32)))
    (func (export "run") (result i32) (call $take (call $new (i32.const 7)))))
  (core instance $main (instantiate $main (with "" (instance (export "new" (func $new)) (export "sum" (func $sum))
    (export "issue" (func $issue)) (export "drop" (func $drop)) (export "take" (func $take))))))
  (func $run (result u32) (canon lift (core func $main "run")))
  (instance $entry (export "run" (func $run)))
  (export "test:case/entry" (instance $entry)))
