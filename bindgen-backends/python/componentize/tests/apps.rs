//! Python apps against each other: each folder of `cases` has a world for a caller, which is a command, perhaps one for a callee, and
//! perhaps one for a guest in the middle, all in `world.wit`; `caller.py`, `middle.py` and `callee.py`; perhaps `site`, a folder with
//! packages; and in `expected` what the caller writes. They are made components, composed, and run, under the profiles of each line of
//! the file `profiles`: the caller's, the middle's where there is one, the callee's (without the file all are eager).
//!
//! The files `lazy` and `arrays` have the patterns of functions whose values arrive so, a line each; `middle.kept`, named after one of the
//! three, has those of its functions whose values stay objects under `gc`. `options` has lines such as
//! `caller threads`; `runs` has the arguments of a run in each line; `notes` has what is said when the components are made, where there
//! is something. `ONRAMP_BLESS=1` writes what came to `expected` and `notes`.
//!
//! The runtime takes minutes to build, so the cases are tried when it is in the cache, and said to be ignored when not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use onramp_abi::{Lowering, Profile};
use onramp_bindgen_python::Options as Bindings;
use onramp_componentize::bundle::Bundle;
use onramp_componentize::{Component, Options, Target, componentize};
use onramp_compose::{Graph, Input, compose};
use onramp_python_runtime::Runtime;
use onramp_run::{Program, Runner};
use onramp_threads::run::{Given, TIME_LIMIT, run, runner, told};
use onramp_toolchain::Cache;
use wit_parser::Resolve;

/// What every case shares.
struct Workshop {
    runtime: Option<Runtime>,
    runner: Runner,
    cache: Cache,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runtime = Runtime::find(&cache).expect("the cache can be read");
    let runner = runner(&cache, TIME_LIMIT).expect("the engine starts");
    let workshop = Arc::new(Workshop { runtime, runner, cache });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let cases = fs::read_dir(folder).expect("there are cases").map(|entry| entry.expect("it is readable").path());
    let trials = cases.flat_map(|case| trials(&workshop, &case)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A trial for each line of profiles.
fn trials(workshop: &Arc<Workshop>, case: &Path) -> Vec<Trial> {
    let pairs = fs::read_to_string(case.join("profiles")).unwrap_or_else(|_| "eager eager".to_owned());
    let trial = |pair: &str| {
        let name = format!("{}: {pair}", case.file_name().unwrap_or_default().to_string_lossy());
        let profiles: Vec<Profile> = pair.split(' ').map(|name| name.parse().expect("a profile")).collect();
        let (case, workshop) = (case.to_owned(), Arc::clone(workshop));
        let is_ignored = workshop.runtime.is_none();
        let attempt = move || workshop.attempt(&case, &profiles).map_err(|error| Failed::from(format!("{error:#}")));
        Trial::test(name, attempt).with_ignored_flag(is_ignored)
    };
    pairs.lines().map(trial).collect()
}

/// The lines of a file of a case, if it has one.
fn lines(case: &Path, file: &str) -> Vec<String> {
    fs::read_to_string(case.join(file)).unwrap_or_default().lines().map(str::to_owned).collect()
}

impl Workshop {
    fn attempt(&self, case: &Path, profiles: &[Profile]) -> Result<()> {
        let (mut inputs, mut notes) = (Vec::new(), String::new());
        let apps =
            ["caller", "middle", "callee"].into_iter().filter(|app| case.join(app).with_extension("py").exists());
        for (app, profile) in apps.zip(profiles) {
            let made = self.component(case, app, *profile).with_context(|| format!("`{app}.py`"))?;
            notes.extend(made.notes.iter().map(|note| format!("{note}\n")));
            inputs.push(Input { name: app.to_owned(), bytes: made.bytes });
        }
        let component = match &inputs[..] {
            [alone] => alone.bytes.clone(),
            _ => compose(&Graph::plug(inputs, &[])?, false)?.component,
        };
        let program = self.runner.load("the composition", &component)?;
        let written = match case.join("runs").exists() {
            true => lines(case, "runs").iter().map(|line| written(&program, line)).collect::<Result<String>>()?,
            false => written(&program, "")?,
        };
        compare(&case.join("expected"), &written)?;
        compare(&case.join("notes"), &notes)
    }

    fn component(&self, case: &Path, app: &str, profile: Profile) -> Result<Component> {
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        let (package, _) = resolve.push_path(case.join("world.wit"))?;
        let world = resolve.select_world(&[package], Some(app))?;
        let bindings = Bindings { arrays: lines(case, "arrays"), ..Bindings::default() };
        let lazy = match (profile, profile.lowering()) {
            (Profile::Gc, _) => lines(case, &format!("{app}.kept")),
            (_, Lowering::Eager) => Vec::new(),
            (_, Lowering::Lazy) => lines(case, "lazy"),
        };
        let target = Target { resolve: &resolve, world, profile, bindings: &bindings, lazy: &lazy };
        let site = Some(case.join("site")).filter(|site| site.exists());
        let folders: Vec<PathBuf> = [case.to_owned()].into_iter().chain(site).collect();
        let bundle = Bundle::read(app, &folders)?;
        let runtime = self.runtime.as_ref().context("the runtime is not in the cache")?;
        let options = options(case, app)?;
        componentize(runtime, &target, app, bundle, &options, &self.cache)
    }
}

/// What a program writes that is given these arguments, and how it ended.
fn written(program: &Program, arguments: &str) -> Result<String> {
    let arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
    Ok(told(&run(program, &Given { arguments: &arguments, ..Given::default() }, None)?))
}

/// Compares what came with a file, which is not there when nothing should come.
fn compare(file: &Path, came: &str) -> Result<()> {
    if std::env::var_os("ONRAMP_BLESS").is_some() && (file.exists() || !came.is_empty()) {
        fs::write(file, came)?;
    }
    let expected = match file.exists() {
        true => fs::read_to_string(file)?,
        false => String::new(),
    };
    ensure!(came == expected, "`{}`: it wrote:\n{came}\nexpected:\n{expected}", file.display());
    Ok(())
}

/// What the file `options` says of an app.
fn options(case: &Path, app: &str) -> Result<Options> {
    let mut options = Options::default();
    for line in fs::read_to_string(case.join("options")).unwrap_or_default().lines() {
        match line.strip_prefix(app).map(str::trim) {
            Some("threads") => options.threads = true,
            Some("stub-wasi") => options.stub_wasi = true,
            Some(other) => bail!("there is no option `{other}`"),
            None => {}
        }
    }
    Ok(options)
}
