//! The host of the example `http`: what it needs of `wasi:http`, with answers that are known. What else the interfaces have traps.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, Linker, Resource, ResourceAny, ResourceTable, ResourceType, Val};
use wasmtime::{AsContextMut, Config, Engine, Store, StoreContextMut};
use wasmtime_wasi::p2::pipe::{MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::p2::{DynInputStream, DynOutputStream, DynPollable, IoError, Pollable, subscribe};
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

const TYPES: &str = "wasi:http/types@0.2.0";
const OUTGOING: &str = "wasi:http/outgoing-handler@0.2.0";
const INCOMING: &str = "wasi:http/incoming-handler@0.2.0";

/// The most that a body may hold.
const CAPACITY: usize = 1 << 20;

/// A request that the app gets.
pub struct Request {
    /// The case of the variant `method`.
    pub method: &'static str,
    pub path: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// What the app answers.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// What other servers have, by URL. Where there is nothing the answer is 404.
pub type Web = BTreeMap<String, Vec<u8>>;

struct Fields(Val);

struct IncomingRequest(Request);

/// A body of a request or a response, in whole.
struct IncomingBody(Vec<u8>);

struct IncomingResponse {
    status: u16,
    body: Vec<u8>,
}

struct OutgoingResponse {
    status: u16,
    body: MemoryOutputPipe,
}

struct OutgoingBody(MemoryOutputPipe);

#[derive(Default)]
struct OutgoingRequest {
    scheme: String,
    authority: String,
    path: String,
}

struct FutureResponse(String);

#[wasmtime_wasi::async_trait]
impl Pollable for FutureResponse {
    async fn ready(&mut self) {}
}

struct FutureTrailers;

struct ResponseOutparam;

/// The state of one store: one request.
struct Server {
    wasi: WasiCtx,
    table: ResourceTable,
    web: Web,
    response: Option<(u16, MemoryOutputPipe)>,
    is_finished: bool,
}

impl WasiView for Server {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// A component that answers requests.
pub struct Handler {
    engine: Engine,
    component: Component,
    linker: Linker<Server>,
}

impl Handler {
    /// Compiles and links a component.
    ///
    /// # Errors
    /// When it imports something else.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        let engine = Engine::new(&Config::new())?;
        let component = Component::from_binary(&engine, bytes)?;
        let mut linker = Linker::new(&engine);
        wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
        for (interface, import) in component.component_type().imports(&engine) {
            let ComponentItem::ComponentInstance(instance) = import.ty else { continue };
            if ![TYPES, OUTGOING].contains(&interface) {
                continue;
            }
            let mut define = linker.instance(interface)?;
            for (name, export) in instance.exports(&engine) {
                match export.ty {
                    ComponentItem::Resource(_) => define.resource(name, resource(name), |_, _| Ok(()))?,
                    ComponentItem::ComponentFunc(_) => {
                        let function = name.to_owned();
                        define.func_new(name, move |store, _, params, results| {
                            let result = call(&function, &mut Call { store, params });
                            let result = result.map_err(wasmtime::Error::from_anyhow)?;
                            if let (Some(place), Some(result)) = (results.first_mut(), result) {
                                *place = result;
                            }
                            Ok(())
                        })?;
                    }
                    _ => {}
                }
            }
        }
        Ok(Handler { engine, component, linker })
    }

    /// What a new instance answers to a request.
    ///
    /// # Errors
    /// When it traps, or does not answer.
    pub fn answer(&self, request: Request, web: &Web) -> Result<Answer> {
        let wasi = WasiCtxBuilder::new().inherit_stderr().build();
        let server = Server { wasi, table: ResourceTable::new(), web: web.clone(), response: None, is_finished: false };
        let mut store = Store::new(&self.engine, server);
        let instance = self.linker.instantiate(&mut store, &self.component)?;
        let interface = instance.get_export_index(&mut store, None, INCOMING).context("it handles no requests")?;
        let handle = instance.get_export_index(&mut store, Some(&interface), "handle");
        let handle = handle.and_then(|index| instance.get_func(&mut store, index)).context("`handle` is missing")?;
        let request = given(&mut store.as_context_mut(), IncomingRequest(request))?;
        let out = given(&mut store.as_context_mut(), ResponseOutparam)?;
        handle.call(&mut store, &[request, out], &mut [])?;
        let server = store.data();
        let (status, body) = server.response.as_ref().context("there is no response")?;
        ensure!(server.is_finished, "the response's body is not finished");
        Ok(Answer { status: *status, body: body.contents().to_vec() })
    }
}

/// The type of a resource of `wasi:http/types`.
fn resource(name: &str) -> ResourceType {
    struct Other;
    match name {
        "fields" | "headers" | "trailers" => ResourceType::host::<Fields>(),
        "incoming-request" => ResourceType::host::<IncomingRequest>(),
        "incoming-response" => ResourceType::host::<IncomingResponse>(),
        "incoming-body" => ResourceType::host::<IncomingBody>(),
        "outgoing-request" => ResourceType::host::<OutgoingRequest>(),
        "outgoing-response" => ResourceType::host::<OutgoingResponse>(),
        "outgoing-body" => ResourceType::host::<OutgoingBody>(),
        "future-incoming-response" => ResourceType::host::<FutureResponse>(),
        "future-trailers" => ResourceType::host::<FutureTrailers>(),
        "input-stream" => ResourceType::host::<DynInputStream>(),
        "output-stream" => ResourceType::host::<DynOutputStream>(),
        "pollable" => ResourceType::host::<DynPollable>(),
        "io-error" => ResourceType::host::<IoError>(),
        "response-outparam" => ResourceType::host::<ResponseOutparam>(),
        _ => ResourceType::host::<Other>(),
    }
}

/// A call of the host.
struct Call<'a> {
    store: StoreContextMut<'a, Server>,
    params: &'a [Val],
}

impl Call<'_> {
    fn handle<T: 'static>(&mut self, value: &Val) -> Result<Resource<T>> {
        let Val::Resource(any) = value else { bail!("{value:?} is no resource") };
        Ok(any.try_into_resource(&mut self.store)?)
    }

    /// What a parameter stands for.
    fn get<T: Send + 'static>(&mut self, index: usize) -> Result<&mut T> {
        let handle = self.handle::<T>(&self.params[index])?;
        Ok(self.store.data_mut().table.get_mut(&handle)?)
    }

    fn text(&self, index: usize) -> String {
        match &self.params[index] {
            Val::String(text) => text.clone(),
            Val::Variant(case, _) => case.clone(),
            Val::Option(Some(value)) => match &**value {
                Val::String(text) | Val::Variant(text, _) => text.clone(),
                _ => String::new(),
            },
            _ => String::new(),
        }
    }

    fn give<T: Send + 'static>(&mut self, value: T) -> Result<Val> {
        given(&mut self.store, value)
    }

    fn give_input(&mut self, bytes: Vec<u8>) -> Result<Val> {
        self.give::<DynInputStream>(Box::new(MemoryInputPipe::new(bytes)))
    }
}

fn given<T: Send + 'static>(store: &mut StoreContextMut<'_, Server>, value: T) -> Result<Val> {
    let handle = store.data_mut().table.push(value)?;
    Ok(Val::Resource(ResourceAny::try_from_resource(handle, store)?))
}

fn ok(value: Val) -> Val {
    Val::Result(Ok(Some(Box::new(value))))
}

fn some(value: Val) -> Val {
    Val::Option(Some(Box::new(value)))
}

fn done() -> Val {
    Val::Result(Ok(None))
}

/// Does what a function is for: its result.
fn call(name: &str, call: &mut Call<'_>) -> Result<Option<Val>> {
    let result = match name {
        "[static]fields.from-list" => ok(call.give(Fields(call.params[0].clone()))?),
        "[method]fields.entries" => call.get::<Fields>(0)?.0.clone(),
        "[method]incoming-request.method" => Val::Variant(call.get::<IncomingRequest>(0)?.0.method.to_owned(), None),
        "[method]incoming-request.path-with-query" => {
            some(Val::String(call.get::<IncomingRequest>(0)?.0.path.to_owned()))
        }
        "[method]incoming-request.headers" => {
            let headers = entries(&call.get::<IncomingRequest>(0)?.0.headers);
            call.give(Fields(headers))?
        }
        "[method]incoming-request.consume" => {
            let body = std::mem::take(&mut call.get::<IncomingRequest>(0)?.0.body);
            ok(call.give(IncomingBody(body))?)
        }
        "[method]incoming-response.status" => Val::U16(call.get::<IncomingResponse>(0)?.status),
        "[method]incoming-response.consume" => {
            let body = std::mem::take(&mut call.get::<IncomingResponse>(0)?.body);
            ok(call.give(IncomingBody(body))?)
        }
        "[method]incoming-body.stream" => {
            let body = std::mem::take(&mut call.get::<IncomingBody>(0)?.0);
            ok(call.give_input(body)?)
        }
        "[static]incoming-body.finish" => call.give(FutureTrailers)?,
        name => return answer(name, call),
    };
    Ok(Some(result))
}

/// As [`call`]: what the app sends.
fn answer(name: &str, call: &mut Call<'_>) -> Result<Option<Val>> {
    let result = match name {
        "[constructor]outgoing-response" => {
            call.give(OutgoingResponse { status: 200, body: MemoryOutputPipe::new(CAPACITY) })?
        }
        "[method]outgoing-response.set-status-code" => {
            let Val::U16(status) = call.params[1] else { bail!("a status is a number") };
            call.get::<OutgoingResponse>(0)?.status = status;
            done()
        }
        "[method]outgoing-response.body" => {
            let body = call.get::<OutgoingResponse>(0)?.body.clone();
            ok(call.give(OutgoingBody(body))?)
        }
        "[method]outgoing-body.write" => {
            let body = call.get::<OutgoingBody>(0)?.0.clone();
            ok(call.give::<DynOutputStream>(Box::new(body))?)
        }
        "[static]outgoing-body.finish" => {
            call.store.data_mut().is_finished = true;
            done()
        }
        "[static]response-outparam.set" => {
            let Val::Result(Ok(Some(response))) = &call.params[1] else { bail!("the app answers an error") };
            let handle = call.handle::<OutgoingResponse>(response)?;
            let server = call.store.data_mut();
            let response = server.table.delete(handle)?;
            server.response = Some((response.status, response.body));
            return Ok(None);
        }
        "[constructor]outgoing-request" => call.give(OutgoingRequest::default())?,
        "[method]outgoing-request.set-scheme" => {
            call.get::<OutgoingRequest>(0)?.scheme = call.text(1).to_lowercase();
            done()
        }
        "[method]outgoing-request.set-authority" => {
            call.get::<OutgoingRequest>(0)?.authority = call.text(1);
            done()
        }
        "[method]outgoing-request.set-path-with-query" => {
            call.get::<OutgoingRequest>(0)?.path = call.text(1);
            done()
        }
        "handle" => {
            let OutgoingRequest { scheme, authority, path } = call.get(0)?;
            let url = format!("{scheme}://{authority}{path}");
            ok(call.give(FutureResponse(url))?)
        }
        "[method]future-incoming-response.subscribe" => {
            let handle = call.handle::<FutureResponse>(&call.params[0])?;
            let pollable = subscribe(&mut call.store.data_mut().table, handle)?;
            Val::Resource(ResourceAny::try_from_resource(pollable, &mut call.store)?)
        }
        "[method]future-incoming-response.get" => {
            let url = call.get::<FutureResponse>(0)?.0.clone();
            let found = call.store.data().web.get(&url).cloned();
            let status = if found.is_some() { 200 } else { 404 };
            let response = call.give(IncomingResponse { status, body: found.unwrap_or_default() })?;
            some(ok(ok(response)))
        }
        other => bail!("`{other}` is not there: the example does not need it"),
    };
    Ok(Some(result))
}

fn entries(headers: &[(&str, String)]) -> Val {
    let bytes = |text: &str| Val::List(text.bytes().map(Val::U8).collect());
    let entry = |(name, value): &(&str, String)| Val::Tuple(vec![Val::String((*name).to_owned()), bytes(value)]);
    Val::List(headers.iter().map(entry).collect())
}
