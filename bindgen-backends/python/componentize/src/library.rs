//! What an app's Python has because its world imports it: the event loops and selectors wait for pollables of `wasi:io`, `socket` has
//! the sockets of `wasi:sockets`, and componentize-py's module `poll_loop` is there for `wasi:http`.

use std::fmt::Write as _;

use onramp_bindgen_python::Module as Binding;
use onramp_python_runtime::app::Module;

use crate::bundle::imports_of;

/// An interface, and what the modules here call its bindings.
type Interface = (&'static str, &'static str);

const WAITING: [Interface; 2] = [("wasi:io/poll", "poll"), ("wasi:clocks/monotonic-clock", "monotonic_clock")];

const SOCKETS: [Interface; 6] = [
    ("wasi:io/streams", "streams"),
    ("wasi:sockets/network", "network"),
    ("wasi:sockets/instance-network", "instance_network"),
    ("wasi:sockets/ip-name-lookup", "ip_name_lookup"),
    ("wasi:sockets/tcp", "tcp"),
    ("wasi:sockets/tcp-create-socket", "tcp_create_socket"),
];

const REQUESTS: [Interface; 3] = [
    ("wasi:io/streams", "streams"),
    ("wasi:http/types", "http_types"),
    ("wasi:http/outgoing-handler", "outgoing_handler"),
];

/// The version of all of them.
const VERSION: &str = "0.2.";

/// What is added to an app.
#[derive(Default)]
pub struct Library {
    /// The modules.
    pub modules: Vec<Module>,
    /// What is imported before the app.
    pub imports: Vec<String>,
}

impl Library {
    /// What goes with the interfaces that a world imports. `app` are the app's modules: what it brings itself stays.
    pub fn new(imported: &[Binding], app: &[Module]) -> Self {
        let there = |needed: &[Interface]| needed.iter().map(|one| found(imported, one)).collect::<Option<Vec<_>>>();
        let Some(mut bindings) = there(&WAITING) else { return Library::default() };
        let sockets = there(&SOCKETS);
        let requests = there(&REQUESTS).filter(|_| wants_poll_loop(app));
        let mut modules = vec![module("_onramp_pollables", include_str!("library/pollables.py").to_owned())];
        if sockets.is_some() {
            modules.push(module("_onramp_addresses", include_str!("library/addresses.py").to_owned()));
            modules.push(module("_onramp_endpoint", include_str!("library/endpoint.py").to_owned()));
            modules.push(module("_onramp_sockets", include_str!("library/sockets.py").to_owned()));
        }
        if requests.is_some() {
            modules.push(module("poll_loop", include_str!("library/poll_loop.py").to_owned()));
        }
        let install = if sockets.is_some() { "install(has_sockets=True)" } else { "install(has_sockets=False)" };
        modules.push(module("_onramp_changes", format!("{}\n\n{install}\n", include_str!("library/changes.py"))));
        bindings.extend(sockets.into_iter().chain(requests).flatten());
        modules.push(module("_onramp_wasi", names(&bindings)));
        Library { modules, imports: vec!["_onramp_changes".to_owned()] }
    }
}

/// The bindings of an interface, and what they are called.
fn found<'i>(imported: &'i [Binding], (interface, name): &Interface) -> Option<(&'i Binding, &'static str)> {
    let is_it = |binding: &&Binding| {
        binding.interface.split_once('@').is_some_and(|(of, version)| of == *interface && version.starts_with(VERSION))
    };
    Some((imported.iter().find(is_it)?, name))
}

/// Whether an app imports `poll_loop` and does not bring one.
fn wants_poll_loop(app: &[Module]) -> bool {
    let name = "poll_loop";
    app.iter().all(|module| module.name != name)
        && app.iter().any(|module| imports_of(&module.source).iter().any(|other| other == name))
}

/// A module with the bindings under the names that the other modules know.
fn names(bindings: &[(&Binding, &str)]) -> String {
    let mut text = String::new();
    for (binding, name) in bindings {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "import {} as {name}", binding.name);
    }
    text
}

fn module(name: &str, source: String) -> Module {
    let file = format!("<onramp>/{name}.py");
    Module { name: name.to_owned(), file, source: source.into_bytes(), is_package: false }
}
