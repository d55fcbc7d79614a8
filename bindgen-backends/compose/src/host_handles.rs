//! The handles of the host's resources in the guests' tables: the representation of such an entry is the engine's index, and the
//! engine's table, which all guests share, is reached through gates only.
//!
//! `held` has a bit for each of the engine's indices that some guest has. A guest can change what the host gives it before its gate
//! sees it (its realloc runs in between), so an index that is held already is not given again.
//!
//! A borrow that the host lends is of scope 0: the engine counts it and has to be told when it is dropped.

/// What all guests share.
pub(crate) const HELD: &str = r#"
(memory (export "log") 1)
(memory $held 1)
(func $drop-held (@name "onramp: take a handle from the guests") (param $real i32)
  (local $at i32)
  (local.set $at (i32.shr_u (local.get $real) (i32.const 3)))
  (i32.store8 $held (local.get $at)
    (i32.and (i32.load8_u $held (local.get $at))
      (i32.xor (i32.shl (i32.const 1) (i32.and (local.get $real) (i32.const 7))) (i32.const -1)))))
(func $room-for-held (@name "onramp: note a handle of the guests") (param $at i32)
  (local $missing i32)
  (local.set $missing (i32.sub (i32.add (i32.shr_u (local.get $at) (i32.const 16)) (i32.const 1)) (memory.size $held)))
  (if (i32.gt_s (local.get $missing) (i32.const 0))
    (then
      (if (i32.eq (memory.grow $held (local.get $missing)) (i32.const -1)) (then (call $no_room (i32.const 0)))))))
"#;

/// What a guest has of its own.
pub(crate) const GUEST: &str = r#"
(func $held{G} (@name "onramp: a handle from the host for `{NAME}` is somebody's already")
  (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $held{G} (i32.const 1)))) unreachable)
(func $receive{G} (@name "onramp: give `{NAME}` a handle of the host") (param $kind i32) (param $real i32) (result i32)
  (local $at i32) (local $bits i32) (local $bit i32)
  ;; The component model's own limit on the length of a table.
  (if (i32.ge_u (local.get $real) (i32.const 0x0fff_ffff)) (then (call $unknown{G} (i32.const 0))))
  (local.set $at (i32.shr_u (local.get $real) (i32.const 3)))
  (call $room-for-held (local.get $at))
  (local.set $bits (i32.load8_u $held (local.get $at)))
  (local.set $bit (i32.shl (i32.const 1) (i32.and (local.get $real) (i32.const 7))))
  (if (i32.and (local.get $bits) (local.get $bit)) (then (call $held{G} (i32.const 0))))
  (i32.store8 $held (local.get $at) (i32.or (local.get $bits) (local.get $bit)))
  (call $insert{G} (local.get $kind) (local.get $real) (i32.const 0)))
"#;

pub(crate) const SURRENDER: &str = r#"
(func (@name "onramp: give {LABEL} to the host") (export "{EXPORT}") (param $index i32) (result i32)
  (local $entry i32) (local $real i32)
  (local.set $entry (call $entry{FROM} (local.get $index) (i32.const {BORROW})))
  (if (i32.ne (i32.load $table{FROM} (local.get $entry)) (i32.const {OWN})) (then (call $borrowed{FROM} (i32.const 0))))
  (local.set $real (i32.load $table{FROM} offset=4 (local.get $entry)))
  (call $remove{FROM} (local.get $index) (local.get $entry))
  (call $drop-held (local.get $real))
  (local.get $real))
"#;

pub(crate) const REVEAL: &str = r#"
(func (@name "onramp: lend {LABEL} to the host") (export "{EXPORT}") (param $index i32) (result i32)
  (i32.load $table{FROM} offset=4 (call $entry{FROM} (local.get $index) (i32.const {BORROW}))))
"#;

pub(crate) const RECEIVE: &str = r#"
(func (@name "onramp: get {LABEL} from the host") (export "{EXPORT}") (param $real i32) (result i32)
  (call $receive{FROM} (i32.const {OWN}) (local.get $real)))
"#;

pub(crate) const BORROW: &str = r#"
(func (@name "onramp: borrow {LABEL} from the host") (export "{EXPORT}") (param $real i32) (result i32)
  (call $receive{FROM} (i32.const {BORROW}) (local.get $real)))
"#;

/// The destructor is the engine's `resource.drop`.
pub(crate) const RELEASE: &str = r#"
(func (@name "onramp: drop {LABEL}") (export "{EXPORT}") (param $index i32)
  (local $entry i32) (local $kind i32) (local $real i32) (local $scope i32)
  (local.set $entry (call $entry{FROM} (local.get $index) (i32.const {BORROW})))
  (local.set $kind (i32.load $table{FROM} (local.get $entry)))
  (local.set $real (i32.load $table{FROM} offset=4 (local.get $entry)))
  (local.set $scope (i32.load $table{FROM} offset=12 (local.get $entry)))
  (call $remove{FROM} (local.get $index) (local.get $entry))
  (if (local.get $scope)
    (then
      (i32.store $calls offset=4 (local.get $scope)
        (i32.sub (i32.load $calls offset=4 (local.get $scope)) (i32.const 1))))
    (else
      (call $drop-held (local.get $real))
      (call_indirect 0 (type $destructor) (local.get $real) (i32.const {RESOURCE})))))
"#;
