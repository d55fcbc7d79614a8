;; A template: the table of lazy handles, one per composition. PEERS is how many guests there are, with the outside; VALUES and FINISHERS
;; how many functions of adapters there are; SCOPE how many bytes a result scope takes. Functions that nobody needs are left out, and
;; what is between `;;{ once` and `;;} once` if no value is read once, between `;;{ scopes` and `;;} scopes` if no result has handles. What
;; closes the module comes behind the functions of the guests.
;;
;; A handle is the number of an entry of 32 bytes:
;;    0 kind: type, sender and receiver, as a number (`Kinds::kind`); 0: not in use
;;    4 owner: the receiver, or 0x3fff_ffff: nobody; bit 31: read once; bit 30: kept in a result scope
;;    8 pointer, 12 length: the sender's words; an entry not in use has the next such at 8
;;   16 units: the receiver's length, as it sees it
;;   20 kept: the result scope; else the next entry of the call
;;   24 kept: how many need it, itself and those forwarded from it; else the entry of the call before, or 0
;;   28 read once: how many elements have been read; else the entry that this was forwarded from, or 0
;; A result scope has
;;    0 how many handles there are, 4 the function that ends it, 8 the next one not in use, and from 16 on what that function needs.
(module
  (memory $entries 1)
  (memory $scopes (export "scopes") 1)
  (table $values (export "values") VALUES funcref)
  (table $finishers (export "finish") FINISHERS funcref)
  (type $lower (func (param i32 i32 i32 i32 i32 i32)))
  (type $size (func (param i32 i32 i32 i32) (result i32)))
  (type $lower-all (func (param i32 i32 i32 i32 i32) (result i32 i32)))
  (type $copy (func (param i32 i32) (result i32 i32)))
  (type $measure (func (param i32 i32) (result i32)))
  (type $discard (func (param i32 i32 i32 i32 i32)))
  (type $finish (func (param i32)))

  (global $next (mut i32) (i32.const 32))
  (global $free (mut i32) (i32.const 0))
  (global $next-scope (mut i32) (i32.const SCOPE))
  (global $free-scope (mut i32) (i32.const 0))
  ;; The first of the entries of the current call. An adapter that calls a receiver sets it to 0 before, and back to what it was when
  ;; these entries are gone.
  (global $frame (export "frame") (mut i32) (i32.const 0))
  ;; Where new entries go. 0: to the current call. Even: to this result scope. Odd: to a scope that the first of them makes; the rest
  ;; of the number is the function that ends it.
  (global $scope (export "scope") (mut i32) (i32.const 0))
  ;; What a new entry in a result scope was forwarded from.
  (global $parent (mut i32) (i32.const 0))

TRAPS

  ;; What comes after this is written out where a call of a function would be a good part of what a short string costs.

  ;; An entry that was never in use. Who needs one takes the first of $free, if there is one.
  (func $entry (@name "onramp: make a lazy handle") (result i32)
    (local $entry i32)
    (local.set $entry (global.get $next))
    (if (i32.ge_u (local.get $entry) (i32.shl (memory.size $entries) (i32.const 16)))
      (then
        (if (i32.eq (memory.grow $entries (i32.const 1)) (i32.const -1)) (then (call $no_room (i32.const 0))))))
    (global.set $next (i32.add (local.get $entry) (i32.const 32)))
    (local.get $entry))

  (func $free-entry (param $entry i32)
    (i32.store $entries (local.get $entry) (i32.const 0))
    (i32.store $entries offset=4 (local.get $entry) (i32.const 0x3fff_ffff))
    (i32.store $entries offset=8 (local.get $entry) (global.get $free))
    (global.set $free (local.get $entry)))

  ;; The entry of a handle that a guest passes.
  (func $find (@name "onramp: use a lazy handle") (param $handle i32) (param $guest i32) (result i32)
    (local $entry i32)
    (if (i32.ge_u (i32.sub (local.get $handle) (i32.const 1))
                  (i32.sub (i32.shr_u (global.get $next) (i32.const 5)) (i32.const 1)))
      (then (call $unknown (i32.const 0))))
    (local.set $entry (i32.shl (local.get $handle) (i32.const 5)))
    (if (i32.eqz (i32.load $entries (local.get $entry))) (then (call $dead (i32.const 0))))
    (if (i32.ne
          (i32.and (i32.load $entries offset=4 (local.get $entry)) (i32.const 0x3fff_ffff))
          (local.get $guest))
      (then (call $foreign (i32.const 0))))
    (local.get $entry))

  (func $is-once (param $entry i32) (result i32)
    (i32.lt_s (i32.load $entries offset=4 (local.get $entry)) (i32.const 0)))
  (func $is-kept (param $entry i32) (result i32)
    (i32.and (i32.load $entries offset=4 (local.get $entry)) (i32.const 0x4000_0000)))
  (func $length (param $entry i32) (result i32)
    (i32.and (i32.load $entries offset=16 (local.get $entry)) (i32.const 0x7fff_ffff)))
  (func $function (param $entry i32) (param $place i32) (result i32)
    (i32.add (i32.shl (i32.load $entries (local.get $entry)) (i32.const 2)) (local.get $place)))

  (func $new (@name "onramp: give a lazy handle") (export "new")
    (param $kind i32) (param $owner i32) (param $pointer i32) (param $length i32) (param $units i32) (result i32)
    (local $entry i32) (local $link i32)
    (if (local.tee $entry (global.get $free))
      (then (global.set $free (i32.load $entries offset=8 (local.get $entry))))
      (else (local.set $entry (call $entry))))
    (i32.store $entries (local.get $entry) (local.get $kind))
    (i32.store $entries offset=8 (local.get $entry) (local.get $pointer))
    (i32.store $entries offset=12 (local.get $entry) (local.get $length))
    (i32.store $entries offset=16 (local.get $entry) (local.get $units))
    (i32.store $entries offset=28 (local.get $entry) (i32.const 0))
    ;;{ scopes
    (if (i32.and (global.get $scope) (i32.const 1)) (then (call $open)))
    (if (global.get $scope)
      (then
        (i32.store $entries offset=4 (local.get $entry) (i32.or (local.get $owner) (i32.const 0x4000_0000)))
        (i32.store $entries offset=20 (local.get $entry) (global.get $scope))
        (i32.store $entries offset=24 (local.get $entry) (i32.const 1))
        (i32.store $scopes (global.get $scope) (i32.add (i32.load $scopes (global.get $scope)) (i32.const 1)))
        (if (i32.and (global.get $parent) (i32.shr_s (i32.xor (local.get $owner) (i32.const 0x8000_0000)) (i32.const 31)))
          (then
            (local.set $link (global.get $parent))
            (i32.store $entries offset=28 (local.get $entry) (local.get $link))
            (i32.store $entries offset=24 (local.get $link)
              (i32.add (i32.load $entries offset=24 (local.get $link)) (i32.const 1))))))
      (else
    ;;} scopes
        (i32.store $entries offset=4 (local.get $entry) (local.get $owner))
        (local.set $link (global.get $frame))
        (i32.store $entries offset=20 (local.get $entry) (local.get $link))
        (i32.store $entries offset=24 (local.get $entry) (i32.const 0))
        (global.set $frame (local.get $entry))
        (if (local.get $link) (then (i32.store $entries offset=24 (local.get $link) (local.get $entry))))
    ;;{ scopes
      ))
    ;;} scopes
    (i32.shr_u (local.get $entry) (i32.const 5)))

  (func (@name "onramp: leave a call with lazy handles") (export "leave")
    (local $entry i32) (local $next i32)
    (block $done
      (loop $again
        (local.set $entry (global.get $frame))
        (br_if $done (i32.eqz (local.get $entry)))
    ;;{ once
        (if (i32.lt_s (i32.load $entries offset=4 (local.get $entry)) (i32.const 0))
          (then (call $end-of-call-entry (local.get $entry)))
          (else
    ;;} once
            (local.set $next (i32.load $entries offset=20 (local.get $entry)))
            (global.set $frame (local.get $next))
            (if (local.get $next) (then (i32.store $entries offset=24 (local.get $next) (i32.const 0))))
            (i64.store $entries (local.get $entry) (i64.const 0x3fff_ffff_0000_0000))
            (i32.store $entries offset=8 (local.get $entry) (global.get $free))
            (global.set $free (local.get $entry))
    ;;{ once
          ))
    ;;} once
        (br $again))))

  ;; A destructor that runs may change the list: after each, it is searched from the start.
  (func (@name "onramp: drop resources that were not read") (export "discard")
    (local $entry i32)
    (block $done
      (loop $again
        (local.set $entry (global.get $frame))
        (loop $next
          (br_if $done (i32.eqz (local.get $entry)))
          (if (i32.and
                (call $is-once (local.get $entry))
                (i32.lt_u (i32.load $entries offset=28 (local.get $entry)) (call $length (local.get $entry))))
            (then
              (call $discard-rest (local.get $entry))
              (br $again)))
          (local.set $entry (i32.load $entries offset=20 (local.get $entry)))
          (br $next)))))

  ;; An entry of a call is no more. It is unlinked before a destructor can run. The first entry of a call that has called another (a
  ;; destructor drops it) stays in the list until that call ends.
  (func $end-of-call-entry (param $entry i32)
    (local $next i32) (local $before i32) (local $stays i32)
    (local.set $next (i32.load $entries offset=20 (local.get $entry)))
    (local.set $before (i32.load $entries offset=24 (local.get $entry)))
    (if (local.get $before)
      (then (i32.store $entries offset=20 (local.get $before) (local.get $next)))
      (else
        (if (i32.eq (local.get $entry) (global.get $frame))
          (then (global.set $frame (local.get $next)))
          (else (local.set $stays (i32.const 1))))))
    (if (i32.and (i32.ne (local.get $next) (i32.const 0)) (i32.eqz (local.get $stays)))
      (then (i32.store $entries offset=24 (local.get $next) (local.get $before))))
    (i32.store $entries offset=4 (local.get $entry)
      (i32.or (i32.load $entries offset=4 (local.get $entry)) (i32.const 0x3fff_ffff)))
    ;;{ once
    (call $discard-rest (local.get $entry))
    ;;} once
    (if (local.get $stays)
      (then (i64.store $entries (local.get $entry) (i64.const 0x3fff_ffff_0000_0000)))
      (else (call $free-entry (local.get $entry)))))

  ;; Drops the handles of resources that have not been read.
  (func $discard-rest (param $entry i32)
    (if (call $is-once (local.get $entry))
      (then (call $discard-to (local.get $entry) (call $length (local.get $entry))))))

  ;; The same up to an element, which is the next to be read then.
  (func $discard-to (param $entry i32) (param $end i32)
    (local $start i32)
    (local.set $start (i32.load $entries offset=28 (local.get $entry)))
    (if (i32.ge_u (local.get $start) (local.get $end)) (then (return)))
    (i32.store $entries offset=28 (local.get $entry) (local.get $end))
    (call_indirect $values (type $discard)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (i32.load $entries offset=16 (local.get $entry))
      (local.get $start)
      (local.get $end)
      (call $function (local.get $entry) (i32.const 3))))

  (func $open (@name "onramp: open a result scope")
    (local $scope i32)
    (local.set $scope (global.get $free-scope))
    (if (local.get $scope)
      (then (global.set $free-scope (i32.load $scopes offset=8 (local.get $scope))))
      (else
        (local.set $scope (global.get $next-scope))
        (if (i32.gt_u (i32.add (local.get $scope) (i32.const SCOPE)) (i32.shl (memory.size $scopes) (i32.const 16)))
          (then
            (if (i32.eq (memory.grow $scopes (i32.const 1)) (i32.const -1)) (then (call $no_room (i32.const 0))))))
        (global.set $next-scope (i32.add (local.get $scope) (i32.const SCOPE)))))
    (i32.store $scopes (local.get $scope) (i32.const 0))
    (i32.store $scopes offset=4 (local.get $scope) (i32.shr_u (global.get $scope) (i32.const 1)))
    (global.set $scope (local.get $scope)))

  (func $free-a-scope (param $scope i32)
    (i32.store $scopes offset=8 (local.get $scope) (global.get $free-scope))
    (global.set $free-scope (local.get $scope)))

  ;; A kept entry is needed once less.
  (func $release (param $entry i32)
    (local $needed i32) (local $scope i32) (local $parent i32)
    (local.set $needed (i32.sub (i32.load $entries offset=24 (local.get $entry)) (i32.const 1)))
    (i32.store $entries offset=24 (local.get $entry) (local.get $needed))
    (if (local.get $needed) (then (return)))
    (local.set $scope (i32.load $entries offset=20 (local.get $entry)))
    ;;{ once
    (if (i32.eqz (call $is-once (local.get $entry)))
      (then
    ;;} once
        (local.set $parent (i32.load $entries offset=28 (local.get $entry)))
    ;;{ once
      ))
    ;;} once
    (call $free-entry (local.get $entry))
    (call $leave-scope (local.get $scope))
    (if (local.get $parent) (then (call $release (local.get $parent)))))

  (func $leave-scope (@name "onramp: end a result scope") (param $scope i32)
    (local $count i32) (local $finish i32)
    (local.set $count (i32.sub (i32.load $scopes (local.get $scope)) (i32.const 1)))
    (i32.store $scopes (local.get $scope) (local.get $count))
    (if (local.get $count) (then (return)))
    (local.set $finish (i32.load $scopes offset=4 (local.get $scope)))
    (if (local.get $finish)
      (then (call_indirect $finishers (type $finish) (local.get $scope) (local.get $finish))))
    (call $free-a-scope (local.get $scope)))

  ;; New entries go where this one is.
  (func $as (param $entry i32)
    (if (call $is-kept (local.get $entry))
      (then
        (global.set $scope (i32.load $entries offset=20 (local.get $entry)))
    ;;{ once
        (if (i32.eqz (call $is-once (local.get $entry)))
          (then
    ;;} once
            (global.set $parent (i32.load $entries offset=28 (local.get $entry)))
    ;;{ once
          ))
    ;;} once
      )))

  (func $as-before
    (global.set $scope (i32.const 0))
    (global.set $parent (i32.const 0)))

  ;; Any value, where something may be wrong. `lower` itself is that of a guest.
  (func $lower (@name "onramp: lower") (param $guest i32)
    (param $handle i32) (param $start i32) (param $count i32) (param $destination i32)
    (local $entry i32)
    (local.set $entry (call $find (local.get $handle) (local.get $guest)))
    (if (i64.gt_u
          (i64.add (i64.extend_i32_u (local.get $start)) (i64.extend_i32_u (local.get $count)))
          (i64.extend_i32_u (call $length (local.get $entry))))
      (then (call $range (i32.const 0))))
    (if (i32.eqz (local.get $count)) (then (return)))
    ;;{ once
    (if (call $is-once (local.get $entry))
      (then
        (if (i32.lt_u (local.get $start) (i32.load $entries offset=28 (local.get $entry)))
          (then (call $twice (i32.const 0))))
        (call $discard-to (local.get $entry) (local.get $start))
        (i32.store $entries offset=28 (local.get $entry) (i32.add (local.get $start) (local.get $count)))))
    ;;} once
    ;;{ scopes
    (call $as (local.get $entry))
    ;;} scopes
    (call_indirect $values (type $lower)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (i32.load $entries offset=16 (local.get $entry))
      (local.get $start)
      (local.get $count)
      (local.get $destination)
      (call $function (local.get $entry) (i32.const 0)))
    ;;{ scopes
    (call $as-before)
    ;;} scopes
    )

  (func $size (@name "onramp: size") (param $guest i32) (param $handle i32) (result i32)
    (local $entry i32)
    (local.set $entry (call $find (local.get $handle) (local.get $guest)))
    (call_indirect $values (type $size)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (i32.load $entries offset=16 (local.get $entry))
      (i32.const 0)
      (call $function (local.get $entry) (i32.const 1))))

  (func $lower-all (@name "onramp: lower-all") (param $guest i32) (param $handle i32) (param $destination i32)
    (local $entry i32)
    (local.set $entry (call $find (local.get $handle) (local.get $guest)))
    ;;{ once
    (if (call $is-once (local.get $entry))
      (then
        (if (i32.load $entries offset=28 (local.get $entry)) (then (call $twice (i32.const 0))))
        (i32.store $entries offset=28 (local.get $entry) (call $length (local.get $entry)))))
    ;;} once
    (call_indirect $values (type $lower-all)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (i32.load $entries offset=16 (local.get $entry))
      (local.get $destination)
      (i32.const 1)
      (call $function (local.get $entry) (i32.const 2)))
    (drop)
    (drop))

  ;; Any handle, where something may be wrong.
  (func $drop (@name "onramp: drop a lazy handle") (param $guest i32) (param $handle i32)
    (call $end-of-entry (call $find (local.get $handle) (local.get $guest))))

  ;; The handle of a result that nobody else needs. Who calls it has looked.
  (func $drop-result (@name "onramp: drop a result's handle") (param $entry i32)
    (local $scope i32)
    (local.set $scope (i32.load $entries offset=20 (local.get $entry)))
    (i64.store $entries (local.get $entry) (i64.const 0x3fff_ffff_0000_0000))
    (i32.store $entries offset=8 (local.get $entry) (global.get $free))
    (global.set $free (local.get $entry))
    (call $leave-scope (local.get $scope)))

  (func $end-of-entry (param $entry i32)
    ;;{ scopes
    (if (i32.eqz (call $is-kept (local.get $entry)))
      (then
    ;;} scopes
        (call $end-of-call-entry (local.get $entry))
    ;;{ scopes
        (return)))
    ;; Nobody's: it may be needed by those that were forwarded from it.
    (i32.store $entries offset=4 (local.get $entry)
      (i32.or (i32.load $entries offset=4 (local.get $entry)) (i32.const 0x3fff_ffff)))
    ;;{ once
    (call $discard-rest (local.get $entry))
    ;;} once
    (call $release (local.get $entry))
    ;;} scopes
    )

  ;; The entry of a handle that a guest passes on, as a value of the type $key.
  (func $forwarded (param $handle i32) (param $sender i32) (param $key i32) (param $results i32) (result i32)
    (local $entry i32)
    (local.set $entry (call $find (local.get $handle) (local.get $sender)))
    (if (i32.ne
          (i32.div_u (i32.load $entries (local.get $entry)) (i32.const PEERS_SQUARED))
          (local.get $key))
      (then (call $type (i32.const 0))))
    (if (i32.and (local.get $results) (i32.eqz (call $is-kept (local.get $entry))))
      (then (call $returned (i32.const 0))))
    (local.get $entry))

  ;; The kind of an entry's value for another receiver.
  (func $kind-for (param $entry i32) (param $receiver i32) (result i32)
    (local $kind i32)
    (local.set $kind (i32.load $entries (local.get $entry)))
    (i32.add
      (i32.sub (local.get $kind) (i32.rem_u (local.get $kind) (i32.const PEERS)))
      (local.get $receiver)))

  ;; The length of an entry's value for another receiver.
  (func $units-for (param $entry i32) (param $kind i32) (result i32)
    (local $measure i32)
    (local.set $measure (i32.add (i32.shl (local.get $kind) (i32.const 2)) (i32.const 3)))
    (if (ref.is_null (table.get $values (local.get $measure)))
      (then (return (i32.load $entries offset=12 (local.get $entry)))))
    (call_indirect $values (type $measure)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (local.get $measure)))

  (func (@name "onramp: forward") (export "forward")
    (param $handle i32) (param $sender i32) (param $key i32) (param $receiver i32) (param $results i32) (result i32 i32)
    (local $entry i32) (local $kind i32) (local $units i32) (local $parent i32)
    (local.set $entry
      (call $forwarded (local.get $handle) (local.get $sender) (local.get $key) (local.get $results)))
    (if (i32.and (i32.ne (global.get $scope) (i32.const 0)) (i32.eqz (call $is-kept (local.get $entry))))
      (then (call $returned (i32.const 0))))
    (local.set $kind (call $kind-for (local.get $entry) (local.get $receiver)))
    (local.set $units (call $units-for (local.get $entry) (local.get $kind)))
    ;; What outlives the call needs the entry that it comes from, whatever the one that forwards it does.
    (local.set $parent (global.get $parent))
    (if (call $is-kept (local.get $entry)) (then (global.set $parent (local.get $entry))))
    (call $new (local.get $kind) (local.get $receiver)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (local.get $units))
    (global.set $parent (local.get $parent))
    (local.get $units))

  (func (@name "onramp: forward a copy") (export "forward-copy")
    (param $handle i32) (param $sender i32) (param $key i32) (param $receiver i32) (param $results i32) (result i32 i32)
    (local $entry i32)
    (local.set $entry
      (call $forwarded (local.get $handle) (local.get $sender) (local.get $key) (local.get $results)))
    (call_indirect $values (type $copy)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (i32.add (i32.shl (call $kind-for (local.get $entry) (local.get $receiver)) (i32.const 2)) (i32.const 3))))

  (func (@name "onramp: forward all") (export "forward-all")
    (param $handle i32) (param $sender i32) (param $key i32) (param $receiver i32) (param $results i32) (param $end i32)
    (result i32 i32 i32)
    (local $entry i32) (local $kind i32) (local $units i32) (local $block i32)
    (local.set $entry
      (call $forwarded (local.get $handle) (local.get $sender) (local.get $key) (local.get $results)))
    (local.set $kind (call $kind-for (local.get $entry) (local.get $receiver)))
    (local.set $units (call $units-for (local.get $entry) (local.get $kind)))
    (call_indirect $values (type $lower-all)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (local.get $units)
      (local.get $end)
      (i32.const 0)
      (i32.add (i32.shl (local.get $kind) (i32.const 2)) (i32.const 2)))
    (local.set $end)
    (local.get $units)
    (local.get $end))

  (func (@name "onramp: size of what is forwarded") (export "forward-size")
    (param $handle i32) (param $sender i32) (param $key i32) (param $receiver i32) (param $results i32) (param $end i32)
    (result i32)
    (local $entry i32) (local $kind i32)
    (local.set $entry
      (call $forwarded (local.get $handle) (local.get $sender) (local.get $key) (local.get $results)))
    (local.set $kind (call $kind-for (local.get $entry) (local.get $receiver)))
    (call_indirect $values (type $size)
      (i32.load $entries offset=8 (local.get $entry))
      (i32.load $entries offset=12 (local.get $entry))
      (call $units-for (local.get $entry) (local.get $kind))
      (local.get $end)
      (i32.add (i32.shl (local.get $kind) (i32.const 2)) (i32.const 1))))

  (func (@name "onramp: forward a value with resource handles") (export "peek")
    (param $handle i32) (param $sender i32) (param $key i32) (param $results i32) (result i32 i32)
    (local $entry i32)
    (local.set $entry
      (call $forwarded (local.get $handle) (local.get $sender) (local.get $key) (local.get $results)))
    (if (i32.load $entries offset=28 (local.get $entry)) (then (call $twice (i32.const 0))))
    (i32.load $entries offset=8 (local.get $entry))
    (i32.load $entries offset=12 (local.get $entry)))

  (func (@name "onramp: a value with resource handles has been forwarded") (export "consume")
    (param $handle i32) (param $sender i32)
    (local $entry i32)
    (local.set $entry (call $find (local.get $handle) (local.get $sender)))
    (i32.store $entries offset=28 (local.get $entry) (call $length (local.get $entry))))
