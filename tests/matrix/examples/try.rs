//! Scratch: `try CALLER_PROFILE CALLEE_PROFILE SCENARIO…`.
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use onramp_abi::Profile;
use onramp_matrix::linker::Linker;
use onramp_matrix::run::Runner;
use onramp_python_runtime::{Runtime, app};
use onramp_componentize::{Options, Target, componentize};
use onramp_toolchain::Cache;

fn guest(scenario: &str, role: &str, profile: Profile, runtime: &Runtime, cache: &Cache) -> anyhow::Result<Vec<u8>> {
    let dir = tempfile::tempdir()?;
    let module = format!("{}_{role}", scenario.replace('-', "_"));
    std::fs::copy("tests/support/check.py", dir.path().join("check.py"))?;
    std::fs::copy(format!("tests/scenarios/{scenario}/{role}.py"), dir.path().join(format!("{module}.py")))?;
    std::fs::write(dir.path().join("app.py"), format!("from {module} import *\n"))?;
    let mut resolve = wit_parser::Resolve::default();
    let file = std::env::var("WIT").unwrap_or(format!("tests/scenarios/{scenario}/world.wit"));
    let packages = resolve.push_path(Path::new(&file))?.0;
    let world = resolve.select_world(&[packages], Some(role))?;
    let bindings = onramp_bindgen_python::Options::default();
    let lazy: Vec<String> = std::env::var("LAZY").into_iter().collect();
    let target = Target { resolve: &resolve, world, profile, bindings: &bindings, lazy: if profile == Profile::Lazy || profile == Profile::Cm1 { &lazy } else { &[] } };
    let modules = app::modules(dir.path())?;
    Ok(componentize(runtime, &target, "app", modules, &Options::default(), cache)?.bytes)
}

fn profile(name: &str) -> Profile { Profile::ALL.into_iter().find(|p| p.name() == name).expect("a profile") }

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cache = Cache::open()?;
    let runtime = Runtime::ensure(&cache)?;
    let runner = Runner::new(&PathBuf::from("/tmp/wtp-run"), Duration::from_secs(120))?;
    for scenario in &args[2..] {
        let start = Instant::now();
        let go = || -> anyhow::Result<String> {
            let caller = guest(scenario, "caller", profile(&args[0]), &runtime, &cache)?;
            let callee = guest(scenario, "callee", profile(&args[1]), &runtime, &cache)?;
            let both = Linker::Onramp.compose(&caller, &callee)?.0;
            std::fs::write("/tmp/wtp-both.wasm", &both)?;
            eprintln!("{scenario}: made after {:?}", start.elapsed());
            let outcome = runner.prepare(&both)?.run(&format!("test:{scenario}/check-{scenario}"));
            Ok(format!("{:?} {}", outcome.result, outcome.output))
        };
        match go() { Ok(text) => println!("{scenario}: {text} {:?}", start.elapsed()), Err(e) => println!("{scenario}: FAIL {e:#}") }
    }
    Ok(())
}
