//! Apps of which no component can be made: each folder of `broken` has an app (`app.py`) with what belongs to it, perhaps a
//! `world.wit` of its own, `options` (a line: `threads`), and in `expected` the error. `ONRAMP_BLESS=1` writes what came there.
//!
//! The runtime takes minutes to build, so the cases are tried when it is in the cache, and said to be ignored when not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_abi::Profile;
use onramp_bindgen_python::Options as Bindings;
use onramp_componentize::bundle::Bundle;
use onramp_componentize::{Options, Target, componentize};
use onramp_python_runtime::Runtime;
use onramp_toolchain::Cache;
use wit_parser::Resolve;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runtime = Arc::new(Runtime::find(&cache).expect("the cache can be read"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let cases = fs::read_dir(folder).expect("there are cases").map(|entry| entry.expect("it is readable").path());
    let trial = |case: PathBuf| {
        let (runtime, cache) = (Arc::clone(&runtime), cache.clone());
        let is_ignored = runtime.is_none();
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let attempt = move || {
            attempt(runtime.as_ref().as_ref(), &case, &cache).map_err(|error| Failed::from(format!("{error:#}")))
        };
        Trial::test(name, attempt).with_ignored_flag(is_ignored)
    };
    libtest_mimic::run(&arguments, cases.filter(|case| case.is_dir()).map(trial).collect()).exit_code()
}

fn attempt(runtime: Option<&Runtime>, case: &Path, cache: &Cache) -> Result<()> {
    let Err(error) = made(runtime.context("the runtime is not in the cache")?, case, cache) else {
        bail!("it becomes a component")
    };
    let written = format!("{error:#}\n").replace(&*case.to_string_lossy(), "CASE");
    let file = case.join("expected");
    if std::env::var_os("ONRAMP_BLESS").is_some() {
        fs::write(&file, &written)?;
    }
    let expected = fs::read_to_string(file)?;
    ensure!(written == expected, "it says:\n{written}\nexpected:\n{expected}");
    Ok(())
}

fn made(runtime: &Runtime, case: &Path, cache: &Cache) -> Result<()> {
    let own = case.join("world.wit");
    let wit = if own.exists() { own } else { case.with_file_name("world.wit") };
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit)?;
    let world = resolve.select_world(&[package], None)?;
    let bindings = Bindings::default();
    let target = Target { resolve: &resolve, world, profile: Profile::Eager, bindings: &bindings, lazy: &[] };
    let threads = fs::read_to_string(case.join("options")).is_ok_and(|options| options.trim() == "threads");
    let options = Options { threads, ..Options::default() };
    let bundle = Bundle::read("app", &[case.to_owned()])?;
    componentize(runtime, &target, "app", bundle, &options, cache).map(drop)
}
