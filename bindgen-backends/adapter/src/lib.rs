//! The adapter compiler: the type of a function and the ABIs of its two sides → core wasm that calls one from the other.
//!
//! A [`Module`] joins one caller to one callee. It holds one adapter for each WIT function that is connected: a core function
//! with the signature of the caller's import, which lifts the arguments from the caller's ABI, lowers them to the callee's,
//! calls the callee's export, and brings the results back. Values go from memory to memory in one pass (multi-memory):
//! each byte is read once, checked, and written once.
//!
//! ```
//! use onramp_adapter::{FuncOptions, Module, Side};
//! # let mut resolve = wit_parser::Resolve::new();
//! # resolve.push_source("demo.wit", "package test:demo; interface lists { join: func(of: list<string>) -> string; }")?;
//! # let (_, interface) = resolve.interfaces.iter().next().unwrap();
//! let mut module = Module::new(&resolve, Side::default(), Side::default())?;
//! let options = FuncOptions { post_return: true };
//! module.add("test:demo/lists.join", &interface.functions["join"], options)?;
//! let adapter = module.finish();
//! # let names: Vec<_> = adapter.imports.iter().map(|i| format!("{} {}", i.module(), i.name())).collect();
//! # assert!(names.contains(&"post-return test:demo/lists.join".to_owned()), "{names:?}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The generated module
//!
//! It exports each adapter under the name that it was added with, and imports only what it uses. [`Adapter::imports`] lists
//! the imports in the order of the import section; [`Import::module`] and [`Import::name`] are their two names:
//!
//! | module | name | what |
//! |---|---|---|
//! | `caller`, `callee` | `memory` | the guest's memory. Both are imported, caller first, or the caller's, or none |
//! | `caller`, `callee` | `realloc` | the guest's `(i32 i32 i32 i32) -> i32`; with [`Realloc::Table`] a table, whose element 0 is called |
//! | `function` | the name added | the callee's core function, with the signature of its export |
//! | `post-return` | the name added | its post-return function, if [`FuncOptions::post_return`] says that it has one |
//! | `resource` | `<call or return> <own or borrow> <n>` | `(i32) -> i32`: the handle that the receiver gets for one of the sender |
//! | `resource` | `enter call`, `leave call` | `() -> ()`: around calls that lend handles |
//! | `resource` | `drop <call or return> <own or borrow> <n>` | `(i32) -> ()`: drops a handle that the receiver was given in a value that it did not read |
//! | `lazy` | see [`Lazy`] | what [`entries`](entries()) exports |
//! | `scratch` | see [`Outside`] | a memory of the adapters' own |
//!
//! It needs an engine with multi-memory, SIMD, bulk memory and multi-value, and with garbage collection for references; the guests' memories are 32-bit and not shared.
//!
//! # Resources
//!
//! How handle tables are kept is up to whoever instantiates the module. *n* is the index of the resource in
//! [`Adapter::resources`], which are numbered as they are first met and defined as wit-parser defines them: the type that
//! a `use` finally leads to. A `call` passes handles from the caller to the callee, a `return` from the callee to the caller.
//!
//! - `call own n`, `return own n`: takes the handle out of the sender's table and puts it into the receiver's (`lift_own`,
//!   `lower_own`). It must trap when the sender has no such handle, or it is of another resource, borrowed, or lent.
//! - `call borrow n`: lends the handle (`lift_borrow`, `lower_borrow`). A callee that defines the resource gets its
//!   representation, any other a handle of this call's scope. It must trap when the sender has no such handle, or it is of
//!   another resource.
//! - `enter call` opens the scope, before any handle is translated. `leave call` closes it, after the callee has returned and
//!   before its results are read: it must trap if the callee still has a handle that was lent to it in this scope (`Task.return_`),
//!   and ends the loans (`Subtask.deliver_resolve`). They are called for functions with a `borrow` in their parameters, and nest.
//!   When a call traps, `leave call` does not happen.
//!
//! # Lazy guests
//!
//! A receiver of a profile with [`Lowering::Lazy`](onramp_abi::Lowering) gets handles (`docs/abi/lazy.md`). They are entries of one table per
//! composition: [`entries`](entries()) makes the core module that keeps it and has the built-in functions of each guest. An entry says who may
//! use it, where the value is, and of which *kind* it is: a number for (type, sender, receiver) that [`Kinds`] gives out and that all
//! modules of a composition share. For each kind that it hands out an adapter module has the functions that read such values, and puts
//! them into the table `values` at instantiation (`value`).
//!
//! What may be forwarded needs such functions for guests that are not connected directly: [`Adapter::values`] tells what passes over a
//! connection, and a module with nothing but [`Module::add_value`] reads one guest's values for another. Whoever composes works out which
//! are needed: if *M*, which is lazy, receives values of type *T* from *S* and passes values of type *T* to *R*, *R* receives them from
//! *S* too.
//!
//! # Gates
//!
//! [`gate`](gate()) makes another kind of module: one function between a guest and the host, which gives the guest indices of its own for the
//! host's handles. Nothing is copied: handle words are translated where they are, flat or in the guest's memory. It imports
//!
//! | module | name | what |
//! |---|---|---|
//! | `function` | the name given | what the gate is for: the lowered import, or the guest's core function |
//! | `caller` | `memory` | the guest's memory, whichever way the call goes |
//! | `log` | `memory` | a memory of the gates' own; several gates may share it |
//! | `resource` | `<call or return> <own or borrow> <n>` | `(i32) -> i32`; a `call` is from the guest's index to the host's, a `return` from the host's to the guest's |
//!
//! The memories only if some handles are in memory. A guest lays its values out as it likes, so a translated word may be a pointer or a
//! discriminant too: what goes to the host is walked again before the call, and must have the same handles in the same places. What
//! comes from the host is not: a guest's realloc may change it before the gate sees it, so `return` must not take an index that
//! some guest already has.
//!
//! # References
//!
//! A side of the profile [`Gc`](onramp_abi::Profile::Gc) has references to objects of the garbage collector, and neither memory nor realloc
//! ([`Module::add_gc`], `docs/abi/gc.md`). Its core types are the module's, so the functions there have exactly the types that the guest
//! has for them. Objects are read and made field by field, arrays element by element; what both sides have the same type for is passed
//! as it is, after a walk that checks it ([`Passage`]). Only those memories are imported that are used. What goes to or comes from a
//! lazy guest is in scratch memory on the way, and so is latin1+utf16.
//!
//! A module of two sides that are one guest ([`Module::woven`]) translates no handles; with UTF-8 or UTF-16 it imports nothing but the
//! guest's memory, realloc and functions.
//!
//! # The outside
//!
//! A [`Side`] can be the outside, a memory that stands for the host's ([`Side::is_outside`]). What the engine writes there has been checked, and
//! what it reads there it checks: adapters check only what is in a guest's memory. They are small rather than fast.
//! Where nothing but the place of the results differs, [`Areas`] makes functions that leave everything in the guest's memory.
//!
//! # Traps
//!
//! What a guest gets wrong ends in `unreachable`, in a function whose name says what: `onramp: pointer out of bounds in
//! list<string>`. The functions below it in the backtrace say where: `onramp: copy list<string> to the callee`, `onramp: call
//! test:demo/lists.join`. The name stays when the engine inlines; the place may not.
//!
//! # Code size
//!
//! A list, a string, and every type above a certain size has one function for each direction and combination of
//! representations, so code grows with the type graph, never with the number of paths through it.
//!
//! # Where what is
//!
//! `adapter`: one adapter function. `translate`: a value of any type, one `match` over the grammar. `place`: where values are, and
//! the two traits `Lift` and `Lower` that a representation implements; `flat` and `linear` are the
//! two of today's ABI, `gc` has references, `nowhere` is for values that are only counted. `list`, `string`: what has a length. `route`: which way values go,
//! and what becomes of lists and strings; `dynamic` does it. `area`: results that are in memory on one side only. `value`, `lifetime`, `finish`, `entries`, `kinds`: lazy handles. `gate`,
//! `visit`: gates, and how they find handles. `memories`: memories that are not used. `runtime`, and `runtime/*.wat`: routines that do not depend on types, such as
//! transcoding. `trap`. `body`: the function under construction, with checked temporaries. `assembly`: the module.
//!
//! Not here: `may_leave` and re-entrance, which concern a whole instance; asynchronous functions and types, which are an
//! [`Error`].

mod adapter;
mod area;
mod assembly;
mod body;
mod dynamic;
mod entries;
mod finish;
mod flat;
mod gate;
mod gc;
mod helper;
mod import;
mod kinds;
mod lifetime;
mod linear;
mod list;
mod memories;
mod module;
mod nowhere;
mod place;
mod route;
mod runtime;
mod scalar;
mod string;
mod translate;
mod trap;
mod value;
mod visit;

pub use area::{Areas, POST_RETURN};
pub use entries::{Used, entries};
pub use gate::{Boundary, gate};
pub use gc::{GcSides, Passage};
pub use import::{Direction, Import, Lazy, Outside};
pub use kinds::Kinds;
pub use module::{Adapter, FuncOptions, Module, Passed, Realloc, Side, StringEncoding};
pub use onramp_abi::Error;
