(type $enums (array (mut i32)))
(type $tally (struct (field i32) (field i32) (field i32)))
(func (export "[abi=gc]test:enums/enums#next-color") (param i32) (result i32)
  (i32.rem_u (i32.add (local.get 0) (i32.const 1)) (i32.const 3)))
(func (export "[abi=gc]test:enums/enums#next-big") (param i32) (result i32)
  (i32.rem_u (i32.add (local.get 0) (i32.const 1)) (i32.const 300)))
(func (export "[abi=gc]test:enums/enums#index") (param i32) (result i32) (local.get 0))
(func (export "[abi=gc]test:enums/enums#from-index") (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 300)))
(func $how-often (param $colors (ref $enums)) (param $color i32) (result i32)
  (local $at i32) (local $count i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $colors))))
      (local.set $count
        (i32.add (local.get $count)
          (i32.eq (array.get $enums (local.get $colors) (local.get $at)) (local.get $color))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $count))
(func (export "[abi=gc]test:enums/enums#tally") (param $colors (ref $enums)) (result (ref $tally))
  (struct.new $tally
    (call $how-often (local.get $colors) (i32.const 0))
    (call $how-often (local.get $colors) (i32.const 1))
    (call $how-often (local.get $colors) (i32.const 2))))
(func (export "[abi=gc]test:enums/enums#reverse") (param $cases (ref $enums)) (result (ref $enums))
  (local $reversed (ref $enums)) (local $at i32)
  (local.set $reversed (array.new_default $enums (array.len (local.get $cases))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $at) (array.len (local.get $cases))))
      (array.set $enums
        (local.get $reversed) (i32.sub (i32.sub (array.len (local.get $cases)) (local.get $at)) (i32.const 1))
        (array.get $enums (local.get $cases) (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (local.get $reversed))
