//! The handle tables of a composition: one per guest, in one core module that only adapters and the guests' resource
//! built-ins call.
//!
//! Guests that are flattened share a component instance and so the engine's handle table. Resources that several of them use are
//! therefore kept here: an index means something only in the table of the guest that it was given to. What is done with those of
//! guests is in `guest_handles.rs`, with those of the host in `host_handles.rs`.
//!
//! A guest's table is a memory. Its first 16 bytes are the first free entry and the number of entries; entry *n* is at 16 *n*:
//!
//! | offset | what |
//! |--:|---|
//! | 0 | 0 when free; else twice the resource's number plus 2, plus 1 for an own handle |
//! | 4 | the representation; when free, the next free entry or 0 |
//! | 8 | how many calls it is lent to (canonical ABI: `ResourceHandle.num_lends`) |
//! | 12 | a borrow's call (`ResourceHandle.borrow_scope`) |
//!
//! Calls that lend handles are a stack in a memory of its own: per call the call before it, the number of borrows that the callee
//! holds (`Task.num_borrows`), and the handles that the caller lent (`Subtask.lenders`).

use std::fmt::Write as _;

use anyhow::{Context, Result};

use crate::{guest_handles, host_handles};

/// What the module has to have.
#[derive(Clone, Debug, Default)]
pub struct Handles {
    /// The guests' names, for traps.
    pub guests: Vec<String>,
    /// The resources' names, for traps.
    pub resources: Vec<String>,
}

/// A function of the module: how it is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// `resource.new`: (guest, resource).
    New(usize, usize),
    /// `resource.rep`: (guest, resource).
    Rep(usize, usize),
    /// `resource.drop`: (guest, resource).
    Drop(usize, usize),
    /// An own handle goes from one guest to another: (sender, receiver, resource).
    Give(usize, usize, usize),
    /// A handle is lent to a guest that gets a borrow: (caller, callee, resource).
    Lend(usize, usize, usize),
    /// A handle is lent to the guest that defines the resource, which gets the representation: (caller, resource).
    Show(usize, usize),
    /// An own handle of the host's goes to the host, which gets the engine's index: (guest, resource).
    Surrender(usize, usize),
    /// A handle of the host's is lent to it, which gets the engine's index: (guest, resource).
    Reveal(usize, usize),
    /// An own handle comes from the host: (guest, resource).
    Receive(usize, usize),
    /// A borrow comes from the host: (guest, resource).
    Borrow(usize, usize),
    /// `resource.drop` of a resource of the host: (guest, resource).
    Release(usize, usize),
    /// A call that lends begins.
    Enter,
    /// A call that lends has returned: (caller).
    Leave(usize),
}

impl Export {
    /// The export's name.
    pub fn name(self) -> String {
        match self {
            Export::New(guest, resource) => format!("new {guest} {resource}"),
            Export::Rep(guest, resource) => format!("rep {guest} {resource}"),
            Export::Drop(guest, resource) => format!("drop {guest} {resource}"),
            Export::Give(from, to, resource) => format!("give {from} {to} {resource}"),
            Export::Lend(from, to, resource) => format!("lend {from} {to} {resource}"),
            Export::Show(from, resource) => format!("show {from} {resource}"),
            Export::Surrender(guest, resource) => format!("surrender {guest} {resource}"),
            Export::Reveal(guest, resource) => format!("reveal {guest} {resource}"),
            Export::Receive(guest, resource) => format!("receive {guest} {resource}"),
            Export::Borrow(guest, resource) => format!("borrow {guest} {resource}"),
            Export::Release(guest, resource) => format!("release {guest} {resource}"),
            Export::Enter => "enter".to_owned(),
            Export::Leave(caller) => format!("leave {caller}"),
        }
    }

    fn is_about_the_host(self) -> bool {
        match self {
            Export::Surrender(..)
            | Export::Reveal(..)
            | Export::Receive(..)
            | Export::Borrow(..)
            | Export::Release(..) => true,
            Export::New(..)
            | Export::Rep(..)
            | Export::Drop(..)
            | Export::Give(..)
            | Export::Lend(..)
            | Export::Show(..)
            | Export::Enter
            | Export::Leave(..) => false,
        }
    }
}

/// The table export that holds each resource's destructor, or null. That of a resource of the host is the engine's
/// `resource.drop`.
pub const DESTRUCTORS: &str = "destructors";

/// The memory export for the gates' log. Modules with functions for resources of the host have it.
pub const LOG: &str = "log";

impl Handles {
    /// The module, with these exports and [`DESTRUCTORS`].
    ///
    /// # Errors
    /// When it cannot be assembled, which is a fault of this file.
    pub fn module(&self, exports: &[Export]) -> Result<Vec<u8>> {
        let mut text = String::from("(module\n");
        for guest in 0..self.guests.len() {
            let _ = writeln!(text, "(memory $table{guest} 1)");
        }
        let _ = writeln!(text, "(table (export \"{DESTRUCTORS}\") {} funcref)", self.resources.len());
        text.push_str(CALLS);
        let templates: &[&str] = match exports.iter().any(|export| export.is_about_the_host()) {
            true => {
                text.push_str(host_handles::HELD);
                &[TABLE, host_handles::GUEST]
            }
            false => &[TABLE],
        };
        for (guest, name) in self.guests.iter().enumerate() {
            for template in templates {
                text.push_str(&fill(template, &[("G", &guest.to_string()), ("NAME", &escape(name))]));
            }
        }
        for export in exports {
            self.define(&mut text, *export);
        }
        text.push(')');
        wat::parse_str(&text).context("the module of handle tables cannot be assembled")
    }

    fn define(&self, text: &mut String, export: Export) {
        let template = match export {
            Export::New(..) => guest_handles::NEW,
            Export::Rep(..) => guest_handles::REP,
            Export::Drop(..) => guest_handles::DROP,
            Export::Give(..) => guest_handles::GIVE,
            Export::Lend(..) => guest_handles::LEND,
            Export::Show(..) => guest_handles::SHOW,
            Export::Surrender(..) => host_handles::SURRENDER,
            Export::Reveal(..) => host_handles::REVEAL,
            Export::Receive(..) => host_handles::RECEIVE,
            Export::Borrow(..) => host_handles::BORROW,
            Export::Release(..) => host_handles::RELEASE,
            Export::Enter => ENTER,
            Export::Leave(..) => LEAVE,
        };
        let (from, to, resource) = match export {
            Export::New(guest, resource)
            | Export::Rep(guest, resource)
            | Export::Drop(guest, resource)
            | Export::Surrender(guest, resource)
            | Export::Reveal(guest, resource)
            | Export::Receive(guest, resource)
            | Export::Borrow(guest, resource)
            | Export::Release(guest, resource) => (guest, guest, resource),
            Export::Show(from, resource) => (from, from, resource),
            Export::Give(from, to, resource) | Export::Lend(from, to, resource) => (from, to, resource),
            Export::Enter => (0, 0, 0),
            Export::Leave(caller) => (caller, caller, 0),
        };
        let label = self.resources.get(resource).map(String::as_str).unwrap_or_default();
        text.push_str(&fill(
            template,
            &[
                ("EXPORT", &export.name()),
                ("LABEL", &escape(label)),
                ("FROM", &from.to_string()),
                ("TO", &to.to_string()),
                ("BORROW", &(resource * 2 + 2).to_string()),
                ("OWN", &(resource * 2 + 3).to_string()),
                ("RESOURCE", &resource.to_string()),
            ],
        ));
    }
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// A name within a string of the text format.
fn escape(name: &str) -> String {
    let shown = |c: char| if c == '"' || c == '\\' || c.is_control() { '_' } else { c };
    name.chars().map(shown).collect()
}

/// The stack of calls that lend.
const CALLS: &str = r#"
(memory $calls 1)
(type $destructor (func (param i32)))
(global $call (mut i32) (i32.const 0))
(global $top (mut i32) (i32.const 16))
(func $no_room (@name "onramp: no memory for handles") (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $no_room (i32.const 1)))) unreachable)
(func $push (@name "onramp: note a lent handle") (param $word i32)
  (if (i32.gt_u (i32.add (global.get $top) (i32.const 4)) (i32.shl (memory.size $calls) (i32.const 16)))
    (then (if (i32.eq (memory.grow $calls (i32.const 1)) (i32.const -1)) (then (call $no_room (i32.const 0))))))
  (i32.store $calls (global.get $top) (local.get $word))
  (global.set $top (i32.add (global.get $top) (i32.const 4))))
"#;

/// One guest's table.
///
/// What traps calls itself once: an engine that inlines would inline a function without a call, and its name would be lost.
const TABLE: &str = r#"
(func $unknown{G} (@name "onramp: `{NAME}` has no such handle")
  (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $unknown{G} (i32.const 1)))) unreachable)
(func $other{G} (@name "onramp: the handle of `{NAME}` is of another resource")
  (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $other{G} (i32.const 1)))) unreachable)
(func $borrowed{G} (@name "onramp: the handle of `{NAME}` is borrowed and cannot be given away")
  (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $borrowed{G} (i32.const 1)))) unreachable)
(func $lent{G} (@name "onramp: the handle of `{NAME}` is lent to a call and cannot be given away or dropped")
  (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $lent{G} (i32.const 1)))) unreachable)
(func $kept{G} (@name "onramp: a guest that `{NAME}` called keeps a handle that was lent to it")
  (param $again i32)
  (if (i32.eqz (local.get $again)) (then (call $kept{G} (i32.const 1)))) unreachable)
(func $insert{G} (@name "onramp: give `{NAME}` a handle")
  (param $kind i32) (param $rep i32) (param $scope i32) (result i32)
  (local $index i32) (local $entry i32)
  (local.set $index (i32.load $table{G} (i32.const 0)))
  (if (local.get $index)
    (then
      (local.set $entry (i32.shl (local.get $index) (i32.const 4)))
      (i32.store $table{G} (i32.const 0) (i32.load $table{G} offset=4 (local.get $entry))))
    (else
      (local.set $index (i32.add (i32.load $table{G} (i32.const 4)) (i32.const 1)))
      ;; The component model's own limit on the length of a table.
      (if (i32.ge_u (local.get $index) (i32.const 0x0fff_ffff)) (then (call $no_room (i32.const 0))))
      (local.set $entry (i32.shl (local.get $index) (i32.const 4)))
      (if (i32.ge_u (local.get $entry) (i32.shl (memory.size $table{G}) (i32.const 16)))
        (then (if (i32.eq (memory.grow $table{G} (i32.const 1)) (i32.const -1)) (then (call $no_room (i32.const 0))))))
      (i32.store $table{G} (i32.const 4) (local.get $index))))
  (i32.store $table{G} (local.get $entry) (local.get $kind))
  (i32.store $table{G} offset=4 (local.get $entry) (local.get $rep))
  (i32.store $table{G} offset=8 (local.get $entry) (i32.const 0))
  (i32.store $table{G} offset=12 (local.get $entry) (local.get $scope))
  (local.get $index))
(func $entry{G} (@name "onramp: look up a handle of `{NAME}`") (param $index i32) (param $borrow i32) (result i32)
  (local $entry i32) (local $kind i32)
  (if (i32.gt_u (i32.sub (local.get $index) (i32.const 1))
                (i32.sub (i32.load $table{G} (i32.const 4)) (i32.const 1)))
    (then (call $unknown{G} (i32.const 0))))
  (if (i32.eqz (i32.load $table{G} (i32.const 4))) (then (call $unknown{G} (i32.const 0))))
  (local.set $entry (i32.shl (local.get $index) (i32.const 4)))
  (local.set $kind (i32.load $table{G} (local.get $entry)))
  (if (i32.eqz (local.get $kind)) (then (call $unknown{G} (i32.const 0))))
  (if (i32.ne (i32.and (local.get $kind) (i32.const -2)) (local.get $borrow)) (then (call $other{G} (i32.const 0))))
  (local.get $entry))
(func $remove{G} (@name "onramp: take a handle from `{NAME}`") (param $index i32) (param $entry i32)
  (if (i32.load $table{G} offset=8 (local.get $entry)) (then (call $lent{G} (i32.const 0))))
  (i32.store $table{G} (local.get $entry) (i32.const 0))
  (i32.store $table{G} offset=4 (local.get $entry) (i32.load $table{G} (i32.const 0)))
  (i32.store $table{G} (i32.const 0) (local.get $index)))
"#;

const ENTER: &str = r#"
(func (@name "onramp: enter a call that lends handles") (export "{EXPORT}")
  (local $call i32)
  (local.set $call (global.get $top))
  (call $push (global.get $call))
  (call $push (i32.const 0))
  (global.set $call (local.get $call)))
"#;

const LEAVE: &str = r#"
(func (@name "onramp: leave a call that lent handles") (export "{EXPORT}")
  (local $lent i32) (local $entry i32)
  (if (i32.load $calls offset=4 (global.get $call)) (then (call $kept{FROM} (i32.const 0))))
  (local.set $lent (i32.add (global.get $call) (i32.const 8)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $lent) (global.get $top)))
      (local.set $entry (i32.shl (i32.load $calls (local.get $lent)) (i32.const 4)))
      (i32.store $table{FROM} offset=8 (local.get $entry)
        (i32.sub (i32.load $table{FROM} offset=8 (local.get $entry)) (i32.const 1)))
      (local.set $lent (i32.add (local.get $lent) (i32.const 4)))
      (br $next)))
  (global.set $top (global.get $call))
  (global.set $call (i32.load $calls (global.get $call))))
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_assembles() {
        let handles =
            Handles { guests: vec!["a \"guest\"".to_owned(), "b".to_owned()], resources: vec!["r".to_owned()] };
        let exports = [
            Export::New(0, 0),
            Export::Rep(0, 0),
            Export::Drop(1, 0),
            Export::Give(0, 1, 0),
            Export::Lend(1, 0, 0),
            Export::Show(1, 0),
            Export::Surrender(0, 0),
            Export::Reveal(1, 0),
            Export::Receive(0, 0),
            Export::Borrow(1, 0),
            Export::Release(0, 0),
            Export::Enter,
            Export::Leave(1),
        ];
        let module = handles.module(&exports).unwrap_or_else(|error| panic!("{error:#}"));
        wasmparser::validate(&module).unwrap();
    }
}
