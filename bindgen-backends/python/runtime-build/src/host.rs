//! The host of a module's first life: WASI 0.1 without files, arguments, variables and chance. What an import does here is in
//! the snapshot for good, so it may depend on nothing that another machine or another day would answer differently.

use anyhow::Result;
use wasmtime::{Caller, Extern, Func, FuncType, Linker, Module, Store, Val};

/// The first life's state: what was written on standard output and standard error.
#[derive(Default)]
pub struct Host {
    pub written: Vec<u8>,
    chance: u64,
}

/// Error codes of WASI 0.1.
const SUCCESS: i32 = 0;
const BADF: i32 = 8;
const FAULT: i32 = 21;
const NOSYS: i32 = 52;
const SPIPE: i32 = 70;

/// The kind of file that the standard streams are: for a terminal, Python would write colours.
const REGULAR_FILE: u8 = 4;

/// The first moment of 2000, in nanoseconds since 1970.
const NOW: u64 = 946_684_800_000_000_000;

/// Defines every import of a module.
///
/// # Errors
/// When an import is no function.
pub fn link(linker: &mut Linker<Host>, store: &mut Store<Host>, module: &Module) -> Result<()> {
    for import in module.imports() {
        let ty = import.ty();
        let Some(ty) = ty.func() else { anyhow::bail!("the Python runtime imports `{}`, no function", import.name()) };
        let function = function(store, kind(import.module()), import.name().to_owned(), ty.clone());
        linker.define(&mut *store, import.module(), import.name(), function)?;
    }
    Ok(())
}

/// Whose an imported function is.
enum Kind {
    Wasi,
    Threads,
    World,
}

fn kind(module: &str) -> Kind {
    match module {
        "$root" => Kind::Threads,
        "onramp:python" | "[lazy]" => Kind::World,
        _ => Kind::Wasi,
    }
}

fn function(store: &mut Store<Host>, kind: Kind, name: String, ty: FuncType) -> Func {
    Func::new(store, ty, move |mut caller, parameters, results| {
        let result = match (&kind, name.as_str()) {
            (Kind::Threads, "[thread-index]") => 1,
            (Kind::Threads, _) => {
                wasmtime::bail!("an import starts a thread: a snapshot has no room for it, start it in a function")
            }
            (Kind::World, _) => {
                wasmtime::bail!(
                    "an import calls a function that the world imports: there is no host yet, call it in a function"
                )
            }
            (Kind::Wasi, "proc_exit") => wasmtime::bail!("an import ended the program"),
            (Kind::Wasi, name) => call(&mut caller, name, parameters).unwrap_or(FAULT),
        };
        if let Some(place) = results.first_mut() {
            *place = Val::I32(result);
        }
        Ok(())
    })
}

/// Calls a function of WASI: its error code, or `None` when a pointer is outside of the memory.
fn call(caller: &mut Caller<Host>, name: &str, parameters: &[Val]) -> Option<i32> {
    let number = |place: usize| match parameters.get(place)? {
        Val::I32(number) => Some(*number as u32 as usize),
        Val::I64(number) => Some(*number as usize),
        _ => None,
    };
    match name {
        "environ_sizes_get" | "args_sizes_get" => {
            put(caller, number(0)?, &[0; 4])?;
            put(caller, number(1)?, &[0; 4])?;
        }
        "environ_get" | "args_get" => {}
        "clock_time_get" => put(caller, number(2)?, &NOW.to_le_bytes())?,
        "clock_res_get" => put(caller, number(1)?, &1000u64.to_le_bytes())?,
        "random_get" => put_chance(caller, number(0)?, number(1)?)?,
        "fd_write" if number(0)? <= 2 => write(caller, number(1)?, number(2)?, number(3)?)?,
        "fd_fdstat_get" if number(0)? <= 2 => put(caller, number(1)?, &with(REGULAR_FILE, 0, 24))?,
        "fd_filestat_get" if number(0)? <= 2 => put(caller, number(1)?, &with(REGULAR_FILE, 16, 64))?,
        "fd_seek" | "fd_tell" if number(0)? <= 2 => return Some(SPIPE),
        name if name.starts_with("fd_") => return Some(BADF),
        _ => return Some(NOSYS),
    }
    Some(SUCCESS)
}

/// Zeros with a byte among them.
fn with(byte: u8, place: usize, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    bytes[place] = byte;
    bytes
}

fn memory<'a>(caller: &'a mut Caller<Host>) -> Option<(&'a mut [u8], &'a mut Host)> {
    let memory = caller.get_export("memory").and_then(Extern::into_memory)?;
    Some(memory.data_and_store_mut(caller))
}

fn put(caller: &mut Caller<Host>, start: usize, bytes: &[u8]) -> Option<()> {
    let (memory, _) = memory(caller)?;
    memory.get_mut(start..)?.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(())
}

/// Fills memory with numbers of a Weyl sequence: different each time, the same in each snapshot.
fn put_chance(caller: &mut Caller<Host>, start: usize, length: usize) -> Option<()> {
    let (memory, host) = memory(caller)?;
    for byte in memory.get_mut(start..)?.get_mut(..length)? {
        host.chance = host.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        *byte = (host.chance >> 56) as u8;
    }
    Some(())
}

/// `fd_write`: keeps what the vectors hold.
fn write(caller: &mut Caller<Host>, vectors: usize, count: usize, written: usize) -> Option<()> {
    let (memory, host) = memory(caller)?;
    let word = |memory: &[u8], place: usize| Some(u32::from_le_bytes(*memory.get(place..)?.first_chunk()?) as usize);
    let mut total = 0;
    for vector in (0..count).map(|index| vectors + index * 8) {
        let (start, length) = (word(memory, vector)?, word(memory, vector + 4)?);
        host.written.extend(memory.get(start..)?.get(..length)?);
        total += length as u32;
    }
    put(caller, written, &total.to_le_bytes())
}
