//! Guests that use what only these bindings have: each folder of `run/` has a `world.wit` and a source for each of its worlds
//! `caller`, `callee` and perhaps `middle`. A source begins with the options of its bindings, if there are any. The caller exports
//! `run: func()`, which traps when something is not as it should be, or when guests hold more memory after it than before.
//!
//! The guests are composed core to core and run, under pairs of profiles: that of the guests with options, and that of the others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use onramp_abi::{Profile, Results};
use onramp_bindgen_c::generate;
use onramp_compose::{Graph, Input, compose, link};
use onramp_matrix::run::{Runner, TIME_LIMIT};
use onramp_toolchain::{Cache, Tool, c, component_ld, tool};
use wit_bindgen_c::Opts;
use wit_component::StringEncoding;
use wit_parser::Resolve;

const NATIVE: [&str; 6] =
    ["-DONRAMP_MULTIVALUE", "-mmultivalue", "-Xclang", "-target-abi", "-Xclang", "experimental-mv"];

#[test]
fn guests_with_options_do_what_they_should() {
    let cache = Cache::open().unwrap();
    let tools = Tools {
        c: c::ensure(&cache).unwrap(),
        component_ld: component_ld::ensure(&cache).unwrap(),
        runner: Runner::new(&cache.folder("compiled"), TIME_LIMIT).unwrap(),
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/run");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let failures: Vec<_> = cases.iter().flat_map(|case| tools.failures(case)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn support() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support")
}

struct Tools {
    c: c::C,
    component_ld: Tool,
    runner: Runner,
}

/// How a composition's guests are built.
#[derive(Clone, Copy, Debug)]
struct Build {
    /// The profile of guests with options.
    special: Profile,
    /// The profile of the others.
    others: Profile,
    /// Whether clang makes functions with several results.
    native: bool,
}

impl Tools {
    fn failures(&self, case: &Path) -> Vec<String> {
        let lazy = [Profile::Lazy, Profile::Cm1];
        let pairs = lazy.into_iter().flat_map(|special| Profile::LINEAR.map(|others| (special, others)));
        let builds = pairs.flat_map(|(special, others)| {
            let several = [special, others].iter().any(|profile| profile.results() == Results::Multi);
            let natives: &[bool] = if several { &[false, true] } else { &[false] };
            natives.iter().map(move |native| Build { special, others, native: *native })
        });
        let failed = |build: Build| {
            let error = self.run(case, build).err()?;
            Some(format!("{}, {build:?}: {error:#}", case.display()))
        };
        builds.filter_map(failed).collect()
    }

    fn run(&self, case: &Path, build: Build) -> Result<()> {
        let worlds =
            ["caller", "middle", "callee"].into_iter().filter(|world| case.join(format!("{world}.c")).exists());
        let guests = worlds.map(|world| self.guest(case, world, build).with_context(|| format!("the {world}")));
        let graph = Graph::plug(guests.collect::<Result<_>>()?, &[])?;
        let prepared = self.runner.prepare(&compose(&graph, false)?.component)?;
        prepared.call("run").map_err(|failure| anyhow!(failure))
    }

    fn guest(&self, case: &Path, world: &'static str, build: Build) -> Result<Input> {
        let source = case.join(format!("{world}.c"));
        let (options, lazy) = options(&fs::read_to_string(&source)?)?;
        let special = !lazy.is_empty() || options.string_encoding != StringEncoding::UTF8;
        let profile = if special { build.special } else { build.others };
        let folder = tempfile::tempdir()?;
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(case.join("world.wit"))?;
        let world_id = resolve.select_world(&[package], Some(world))?;
        for (name, contents) in generate(&resolve, world_id, profile, options, &lazy)?.files.iter() {
            fs::write(folder.path().join(name), contents)?;
        }
        let several = build.native && profile.results() == Results::Multi;
        let bindings = self.compile(&folder.path().join(format!("{world}.c")), folder.path(), several)?;
        let object = self.compile(&source, folder.path(), false)?;
        let count = self.compile(&support().join("count.c"), folder.path(), false)?;
        let types = folder.path().join(format!("{world}_component_type.o"));
        self.link(world, profile, &[bindings, object, count, types], folder.path())
    }

    fn compile(&self, source: &Path, folder: &Path, several: bool) -> Result<PathBuf> {
        let folders: Vec<_> = source.iter().rev().take(2).map(|name| name.to_string_lossy()).collect();
        let object = folder.join(format!("{}.o", folders.join("-")));
        let mut clang = Command::new(&self.c.clang.path);
        clang.args(&self.c.flags).args(["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"]);
        clang.args(if several { &NATIVE[..] } else { &[] }).arg("-I").arg(folder).arg("-I").arg(support());
        tool::output(clang.arg("-c").arg(source).arg("-o").arg(&object))?;
        Ok(object)
    }

    fn link(&self, world: &str, profile: Profile, objects: &[PathBuf], folder: &Path) -> Result<Input> {
        let module = folder.join("guest.wasm");
        let mut command = Command::new(&self.component_ld.path);
        command.arg("--wasm-ld-path").arg(&self.c.wasm_ld).args(["--gc-sections", "--entry", "_initialize"]);
        command.arg("--skip-wit-component").arg(self.c.libraries.join("crt1-reactor.o")).args(objects);
        command.args(["malloc", "calloc", "realloc", "free"].map(|function| format!("--wrap={function}")));
        command.arg("-L").arg(&self.c.libraries).arg("-lc").arg(&self.c.builtins).arg("-o").arg(&module);
        tool::output(&mut command)?;
        let input = Input { name: format!("{world}.{profile}"), bytes: fs::read(&module)? };
        let bytes = link(&input, &[])?;
        Ok(Input { name: input.name, bytes })
    }
}

/// The options in a source's first line: those of the bindings, and the patterns of `--lazy`.
fn options(source: &str) -> Result<(Opts, Vec<String>)> {
    let (mut options, mut lazy) = (Opts::default(), Vec::new());
    let mut words = source.lines().next().and_then(|line| line.strip_prefix("// --")).unwrap_or_default().split(' ');
    while let (Some(option), Some(value)) = (words.next(), words.next()) {
        match (option.trim_start_matches("--"), value) {
            ("lazy", pattern) => lazy.push(pattern.to_owned()),
            ("string-encoding", "utf16") => options.string_encoding = StringEncoding::UTF16,
            ("string-encoding", "compact-utf16") => options.string_encoding = StringEncoding::CompactUTF16,
            (option, value) => bail!("`--{option} {value}` is not known here"),
        }
    }
    Ok((options, lazy))
}
