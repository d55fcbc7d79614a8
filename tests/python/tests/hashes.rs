//! Hashes differ from instance to instance, and everything that was made before is found all the same: the whole standard
//! library is imported for a snapshot, and `hashes/search.py` looks for every key. The runtime takes minutes to build, so the
//! tests do nothing when it is not in the cache (`cargo xtask python build` puts it there).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use onramp_python_runtime::app::{App, Module};
use onramp_python_runtime::{HashSeed, Runtime, snapshot};
use onramp_python_tests::program;
use onramp_threads::run::{Given, TIME_LIMIT, load, run, runner, told};
use onramp_toolchain::Cache;

/// What an instance says of its hashes, that of a dictionary's key among them.
const HASHES: &str =
    "import os; print(hash('a'), hash(b'bytes'), {'a': 1}['a'], os.path.__dict__['join'] is os.path.join)";

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hashes").join(name)
}

/// What instances of `python` write, each with these arguments; nothing without a runtime.
fn written(app: &App, arguments: &[&str], instances: usize) -> Result<Vec<String>> {
    let cache = Cache::open()?;
    let Some(runtime) = Runtime::find(&cache)? else { return Ok(Vec::new()) };
    let runner = runner(&cache, TIME_LIMIT)?;
    let program = load(&runner, &program::file(&runtime, app, &cache)?)?;
    let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    let given = Given { arguments: &arguments, ..Given::default() };
    (0..instances).map(|_| Ok(told(&run(&program, &given, None)?))).collect()
}

#[test]
fn instances_differ() -> Result<()> {
    let told = written(&App::default(), &["-c", HASHES], 50)?;
    assert!(told.iter().all(|line| line.ends_with(" 1 True\n")), "{told:?}");
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len(), "{told:?}");
    Ok(())
}

#[test]
fn a_seed_stays() -> Result<()> {
    let app = App { hash_seed: HashSeed::Fixed(7), ..App::default() };
    let told = written(&app, &["-c", HASHES], 3)?;
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    Ok(())
}

fn library() -> Result<App> {
    let name = "library".to_owned();
    let source = fs::read(source("library.py"))?;
    let module = Module { name: name.clone(), file: "library.py".to_owned(), source, is_package: false };
    Ok(App { modules: vec![module], imports: vec![name], ..App::default() })
}

#[test]
fn every_key_is_found() -> Result<()> {
    let search = fs::read_to_string(source("search.py"))?;
    for told in written(&library()?, &["-c", &search], 2)? {
        assert_eq!(told, "True True\n\n");
    }
    Ok(())
}

#[test]
fn the_same_input_makes_the_same_snapshot() -> Result<()> {
    let cache = Cache::open()?;
    let Some(runtime) = Runtime::find(&cache)? else { return Ok(()) };
    let app = library()?;
    let [first, second] = [0, 1].map(|_| snapshot::take(&runtime, &app, &[], &cache));
    let (first, second) = (first?, second?);
    assert!(first.notes.is_empty(), "{:?}", first.notes);
    assert!(first.module == second.module, "the two snapshots differ");
    Ok(())
}
