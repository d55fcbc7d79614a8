//! One linker setting gives the finished component: in a Cargo project and in a Makefile. The guests of `component-ld` are built with
//! `onramp-component-ld` and run.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use onramp_toolchain::{Cache, c, component_ld, rust, tool};
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Engine, Store};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wit_component::{StringEncoding, metadata};
use wit_parser::Resolve;

const LINKER: &str = env!("CARGO_BIN_EXE_onramp-component-ld");

/// A copy of a guest's folder, with its world as bindings embed it.
fn folder(guest: &str) -> Result<tempfile::TempDir> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/component-ld");
    let copy = tempfile::tempdir()?;
    copy_files(&tests.join(guest), copy.path())?;
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(tests.join("world.wit"))?;
    let world = resolve.select_world(&[package], None)?;
    let world = metadata::encode(&resolve, world, StringEncoding::UTF8, None, false)?;
    fs::write(copy.path().join("world.bin"), world)?;
    Ok(copy)
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let copy = to.join(path.file_name().context("a file has a name")?);
        if path.is_dir() {
            copy_files(&path, &copy)?;
        } else {
            fs::copy(&path, copy)?;
        }
    }
    Ok(())
}

struct Host {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// What `api.add` of a component returns; `host.split` gives a number and twice the number.
fn add(component: &Path, x: u32, y: u32) -> Result<u32> {
    let engine = Engine::default();
    let component = Component::from_file(&engine, component)?;
    let mut linker: Linker<Host> = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
    linker.instance("test:linked/host")?.func_wrap("split", |_, (x,): (u32,)| Ok(((x, 2 * x),)))?;
    let host = Host { wasi: WasiCtx::builder().args(&["one", "two"]).build(), table: ResourceTable::new() };
    let mut store = Store::new(&engine, host);
    let instance = linker.instantiate(&mut store, &component)?;
    let api = instance.get_export_index(&mut store, None, "test:linked/api").context("there is no api")?;
    let function = instance.get_export_index(&mut store, Some(&api), "add").context("there is no function")?;
    let function = instance.get_typed_func::<(u32, u32), (u32,)>(&mut store, function)?;
    Ok(function.call(&mut store, (x, y))?.0)
}

#[test]
fn cargo_build_gives_the_component() -> Result<()> {
    let cache = Cache::open()?;
    let (rust, _) = (rust::ensure(&cache)?, component_ld::ensure(&cache)?);
    let folder = folder("rust")?;
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.args(["build", "--release", "--target", rust::TARGET]).current_dir(&folder);
    build.env("CARGO_TARGET_DIR", folder.path().join("target")).env("RUSTC", &rust.rustc.path);
    build.env("CARGO_TARGET_WASM32_WASIP2_LINKER", LINKER);
    build.env("RUSTFLAGS", format!("-Clink-arg=--wasm-ld-path={}", rust.wasm_ld.display()));
    for variable in ["CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        build.env_remove(variable);
    }
    tool::output(&mut build)?;
    let component = folder.path().join("target").join(rust::TARGET).join("release/guest.wasm");
    ensure!(add(&component, 30, 10)? == 42, "30 + 10, and two arguments");
    Ok(())
}

/// Runs the Makefile for a target.
fn make(target: &str) -> Result<()> {
    let cache = Cache::open()?;
    let (c, _) = (c::ensure(&cache)?, component_ld::ensure(&cache)?);
    let folder = folder("c")?;
    let flags = c.flags.join(" ").replace(c::TARGET, target);
    let mut make = Command::new("make");
    make.current_dir(&folder);
    make.arg(format!("CC={}", c.clang.path.display())).arg(format!("CFLAGS={flags}"));
    make.arg(format!("LD={LINKER}")).arg(format!("WASM_LD={}", c.wasm_ld.display()));
    make.arg(format!("LIBRARIES={}", c.libraries.with_file_name(target).display()));
    make.arg(format!("BUILTINS={}", c.builtins.display()));
    tool::output(&mut make)?;
    ensure!(add(&folder.path().join("guest.wasm"), 10, 12)? == 42, "10 and 20 from the host, and 12");
    Ok(())
}

#[test]
fn make_gives_the_component() -> Result<()> {
    make(c::TARGET)
}

/// The C library of this target imports `wasi_snapshot_preview1`, for which there is an adapter.
#[test]
fn make_gives_the_component_for_preview1() -> Result<()> {
    make("wasm32-wasip1")
}
