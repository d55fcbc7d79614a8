//! Classes of resources.

use onramp_bridge::{Direction, WorldFunction};
use wit_parser::TypeId;

use crate::form::Forms;
use crate::function::{export, import};
use crate::hint::{Hints, class_name};
use crate::text::{class, docstring, indented};

/// The functions of a resource.
pub fn functions<'w>(hints: &Hints<'w, '_>, id: TypeId, direction: Direction) -> Vec<WorldFunction<'w>> {
    let is_its = |one: &&WorldFunction<'_>| one.direction == direction && one.function.kind.resource() == Some(id);
    hints.world.functions.iter().filter(is_its).copied().collect()
}

/// The class of an imported resource, whose objects go with a handle.
pub fn imported(hints: &mut Hints<'_, '_>, forms: &Forms, id: TypeId) -> String {
    hints.inside = Some(id);
    let mut parts = vec![attributes(hints)];
    for function in functions(hints, id, Direction::Import) {
        parts.push(import(hints, forms, &function));
    }
    parts.push(context(hints));
    hints.inside = None;
    let docs = docstring(&[hints.world.resolve.types[id].docs.contents.as_deref()]);
    class(&class_name(hints.world, id), &docs, &parts.join("\n"))
}

/// The protocol of an exported resource, which the app implements.
pub fn exported(hints: &mut Hints<'_, '_>, forms: &Forms, id: TypeId) -> String {
    hints.inside = Some(id);
    let mut parts = Vec::new();
    for function in functions(hints, id, Direction::Export) {
        parts.push(export(hints, forms, &function));
    }
    hints.inside = None;
    let docs = docstring(&[hints.world.resolve.types[id].docs.contents.as_deref()]);
    let base = hints.scope.from("typing", "Protocol");
    class(&format!("{}({base})", class_name(hints.world, id)), &docs, &parts.join("\n"))
}

/// What the runtime gives an object.
fn attributes(hints: &mut Hints<'_, '_>) -> String {
    let int = hints.scope.builtin("int");
    let finalizer = hints.scope.whole("onramp_runtime", "Finalizer");
    format!("handle: {int} | None\nfinalizer: {finalizer}\n")
}

/// `with`: the resource is dropped at the end, unless it is gone already.
fn context(hints: &mut Hints<'_, '_>) -> String {
    let own = hints.scope.from("typing", "Self");
    let exception = hints.scope.builtin("BaseException");
    let ty = hints.scope.builtin("type");
    let traceback = hints.scope.from("types", "TracebackType");
    let enter = indented("\"\"\"The resource itself.\"\"\"\nreturn self\n");
    let exit = indented("\"\"\"Drops the resource.\"\"\"\nself.finalizer()\nself.handle = None\n");
    format!(
        "def __enter__(self) -> {own}:\n{enter}\ndef __exit__(self, exc_type: {ty}[{exception}] | None, \
         exc_value: {exception} | None, traceback: {traceback} | None) -> None:\n{exit}"
    )
}
