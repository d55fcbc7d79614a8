//! The host that guests run in: WASI with captured output, and the `host` scenario's interface.

use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, HasSelf, Linker, Resource, ResourceTable, ResourceType};
use wasmtime::{Engine, Result, StoreContextMut, bail};
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

use crate::apart::Callee;

#[allow(missing_docs, reason = "generated from the scenario's WIT, which documents it")]
mod bindings {
    wasmtime::component::bindgen!({
        inline: "package onramp:matrix-host; world matrix-host { import test:host/host; }",
        path: "../scenarios/host/world.wit",
        with: { "test:host/host.ticket": super::Ticket },
    });
}

use bindings::test::host::host;

/// How much of a guest's standard output and standard error is kept, each.
const OUTPUT_LIMIT: usize = 64 * 1024;

/// A ticket of the `host` scenario.
pub struct Ticket {
    number: u32,
    label: String,
}

/// The state of one store: one run of one cell.
pub struct Host {
    wasi: WasiCtx,
    table: ResourceTable,
    stdout: MemoryOutputPipe,
    stderr: MemoryOutputPipe,
    tickets_made: u32,
    tickets_open: u32,
    /// The callee of guests that are side by side.
    pub callee: Callee,
}

impl Host {
    /// A fresh host: no files, no environment, no network; output is captured.
    pub fn new() -> Self {
        let stdout = MemoryOutputPipe::new(OUTPUT_LIMIT);
        let stderr = MemoryOutputPipe::new(OUTPUT_LIMIT);
        Host {
            wasi: WasiCtxBuilder::new().stdout(stdout.clone()).stderr(stderr.clone()).build(),
            table: ResourceTable::new(),
            stdout,
            stderr,
            tickets_made: 0,
            tickets_open: 0,
            callee: Callee::default(),
        }
    }

    /// What the guests wrote, standard output first.
    pub fn output(&self) -> String {
        [&self.stdout, &self.stderr].map(|pipe| String::from_utf8_lossy(&pipe.contents()).into_owned()).concat()
    }
}

impl Default for Host {
    fn default() -> Self {
        Host::new()
    }
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// A linker that has everything of this host.
pub fn linker(engine: &Engine) -> Result<Linker<Host>> {
    let mut linker = Linker::new(engine);
    add_to_linker(&mut linker)?;
    Ok(linker)
}

/// Defines WASI and the `host` scenario's interface in a linker.
pub fn add_to_linker(linker: &mut Linker<Host>) -> Result<()> {
    wasmtime_wasi::p2::add_to_linker_sync(linker)?;
    host::add_to_linker::<_, HasSelf<_>>(linker, |host| host)?;
    Ok(())
}

/// Defines every other interface that a component imports, but those that are `connected`, with functions that trap: a bundle of guests imports interfaces
/// of scenarios that its counterpart may not have. (Wasmtime's own `define_unknown_imports_as_traps` does not know that
/// one version of a WASI interface can stand for another.)
pub fn define_missing(
    linker: &mut Linker<Host>,
    component: &Component,
    connected: impl Fn(&str) -> bool,
) -> Result<()> {
    let engine = linker.engine().clone();
    let ticket = ticket_of(component);
    for (interface, import) in component.component_type().imports(&engine) {
        let provided = interface.starts_with("wasi:") || interface == "test:host/host" || connected(interface);
        let ComponentItem::ComponentInstance(import) = import.ty else { continue };
        if provided {
            continue;
        }
        let mut instance = linker.instance(interface)?;
        for (name, export) in import.exports(&engine) {
            match export.ty {
                ComponentItem::ComponentFunc(_) => {
                    let function = format!("`{interface}#{name}` is in neither guest of this composition");
                    instance.func_new(name, move |_, _, _, _| bail!("{function}"))?;
                }
                ComponentItem::Resource(ty) if Some(ty) == ticket => {
                    instance.resource(name, ResourceType::host::<Ticket>(), drop_ticket)?;
                }
                ComponentItem::Resource(_) => {
                    instance.resource(name, ResourceType::host::<Missing>(), |_, _| Ok(()))?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// The type of this host's own resource in a component that imports it: other interfaces may import it once more.
pub fn ticket_of(component: &Component) -> Option<ResourceType> {
    let ty = component.component_type();
    let ComponentItem::ComponentInstance(interface) = ty.get_import(component.engine(), "test:host/host")?.ty else {
        return None;
    };
    match interface.get_export(component.engine(), "ticket")?.ty {
        ComponentItem::Resource(ticket) => Some(ticket),
        _ => None,
    }
}

/// Destroys a ticket that a guest dropped.
pub fn drop_ticket(mut store: StoreContextMut<'_, Host>, number: u32) -> Result<()> {
    host::HostTicket::drop(store.data_mut(), Resource::new_own(number))
}

/// The resources of interfaces that are missing: there are none.
struct Missing;

impl host::Host for Host {
    fn multiply(&mut self, a: u32, b: u32) -> u32 {
        a.wrapping_mul(b)
    }

    fn join(&mut self, strings: Vec<String>, separator: String) -> String {
        strings.join(&separator)
    }

    fn open_tickets(&mut self) -> u32 {
        self.tickets_open
    }
}

impl host::HostTicket for Host {
    fn new(&mut self, label: String) -> Resource<Ticket> {
        self.tickets_made += 1;
        self.tickets_open += 1;
        let ticket = Ticket { number: self.tickets_made, label };
        self.table.push(ticket).expect("the table has room for a test's tickets")
    }

    fn number(&mut self, ticket: Resource<Ticket>) -> u32 {
        self.table.get(&ticket).expect("wasmtime checked the handle").number
    }

    fn label(&mut self, ticket: Resource<Ticket>) -> String {
        self.table.get(&ticket).expect("wasmtime checked the handle").label.clone()
    }

    fn drop(&mut self, ticket: Resource<Ticket>) -> wasmtime::Result<()> {
        self.table.delete(ticket)?;
        self.tickets_open -= 1;
        Ok(())
    }
}
