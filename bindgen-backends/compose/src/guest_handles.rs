//! What is done with handles of a resource that a guest defines: templates of the functions of `handles.rs`.

pub(crate) const NEW: &str = r#"
(func (@name "onramp: new {LABEL}") (export "{EXPORT}") (param $rep i32) (result i32)
  (call $insert{FROM} (i32.const {OWN}) (local.get $rep) (i32.const 0)))
"#;

pub(crate) const REP: &str = r#"
(func (@name "onramp: representation of {LABEL}") (export "{EXPORT}") (param $index i32) (result i32)
  (i32.load $table{FROM} offset=4 (call $entry{FROM} (local.get $index) (i32.const {BORROW}))))
"#;

pub(crate) const DROP: &str = r#"
(func (@name "onramp: drop {LABEL}") (export "{EXPORT}") (param $index i32)
  (local $entry i32) (local $kind i32) (local $rep i32) (local $scope i32)
  (local.set $entry (call $entry{FROM} (local.get $index) (i32.const {BORROW})))
  (local.set $kind (i32.load $table{FROM} (local.get $entry)))
  (local.set $rep (i32.load $table{FROM} offset=4 (local.get $entry)))
  (local.set $scope (i32.load $table{FROM} offset=12 (local.get $entry)))
  (call $remove{FROM} (local.get $index) (local.get $entry))
  (if (i32.eq (local.get $kind) (i32.const {OWN}))
    (then
      (if (i32.eqz (ref.is_null (table.get 0 (i32.const {RESOURCE}))))
        (then (call_indirect 0 (type $destructor) (local.get $rep) (i32.const {RESOURCE})))))
    (else
      (i32.store $calls offset=4 (local.get $scope)
        (i32.sub (i32.load $calls offset=4 (local.get $scope)) (i32.const 1))))))
"#;

pub(crate) const GIVE: &str = r#"
(func (@name "onramp: give {LABEL}") (export "{EXPORT}") (param $index i32) (result i32)
  (local $entry i32) (local $rep i32)
  (local.set $entry (call $entry{FROM} (local.get $index) (i32.const {BORROW})))
  (if (i32.ne (i32.load $table{FROM} (local.get $entry)) (i32.const {OWN})) (then (call $borrowed{FROM} (i32.const 0))))
  (local.set $rep (i32.load $table{FROM} offset=4 (local.get $entry)))
  (call $remove{FROM} (local.get $index) (local.get $entry))
  (call $insert{TO} (i32.const {OWN}) (local.get $rep) (i32.const 0)))
"#;

pub(crate) const SHOW: &str = r#"
(func (@name "onramp: lend {LABEL}") (export "{EXPORT}") (param $index i32) (result i32)
  (local $entry i32)
  (local.set $entry (call $entry{FROM} (local.get $index) (i32.const {BORROW})))
  (i32.store $table{FROM} offset=8 (local.get $entry)
    (i32.add (i32.load $table{FROM} offset=8 (local.get $entry)) (i32.const 1)))
  (call $push (local.get $index))
  (i32.load $table{FROM} offset=4 (local.get $entry)))
"#;

pub(crate) const LEND: &str = r#"
(func (@name "onramp: lend {LABEL}") (export "{EXPORT}") (param $index i32) (result i32)
  (local $entry i32)
  (local.set $entry (call $entry{FROM} (local.get $index) (i32.const {BORROW})))
  (i32.store $table{FROM} offset=8 (local.get $entry)
    (i32.add (i32.load $table{FROM} offset=8 (local.get $entry)) (i32.const 1)))
  (call $push (local.get $index))
  (i32.store $calls offset=4 (global.get $call)
    (i32.add (i32.load $calls offset=4 (global.get $call)) (i32.const 1)))
  (call $insert{TO} (i32.const {BORROW}) (i32.load $table{FROM} offset=4 (local.get $entry)) (global.get $call)))
"#;
