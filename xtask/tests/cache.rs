//! The cache and the tools in it, when things go wrong around them: no network at the first set-up, a cache that cannot be
//! written, a run that is interrupted, two runs at once.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use onramp_toolchain::Cache;

fn xtask(arguments: &str, cache: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments.split_whitespace()).env("ONRAMP_CACHE", cache);
    command
}

fn text(output: &Output) -> String {
    [&output.stderr[..], &output.stdout[..]].map(String::from_utf8_lossy).concat()
}

/// An environment in which no package client reaches its registry.
fn without_network(command: &mut Command, folder: &Path) {
    let apt = folder.join("apt.conf");
    std::fs::write(
        &apt,
        "Acquire::http::Proxy \"http://127.0.0.1:9\";\nAcquire::https::Proxy \"http://127.0.0.1:9\";\n",
    )
    .unwrap();
    command.env("APT_CONFIG", apt).env("CARGO_NET_OFFLINE", "true").env("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
    // Nor does the user bring a toolchain.
    command.env("RUSTC", "/nonexistent/rustc").env_remove("WASI_SDK_PATH").env_remove("ONRAMP_LLVM");
}

#[test]
fn no_network_at_the_first_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = xtask("matrix --lang c", &folder.path().join("cache"));
    without_network(&mut command, folder.path());
    let output = command.output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    for part in ["no wasm toolchain: WASI_SDK_PATH is not set", "either bring your own", "or run where apt-get reaches"]
    {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
}

#[test]
fn set_up_check_fetches_nothing_and_tells_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = xtask("setup --check", &folder.path().join("cache"));
    without_network(&mut command, folder.path());
    let output = command.output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for tool in ["rustc", "clang", "componentize-py"] {
        let missing = |line: &str| line.contains(tool) && line.contains("missing");
        assert!(text.lines().any(missing), "{tool} in:\n{text}");
    }
}

#[test]
fn a_wasi_sdk_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = xtask("matrix --lang c", folder.path()).env("WASI_SDK_PATH", folder.path()).output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("WASI_SDK_PATH is `") && text.contains("which has no working `bin/clang`"), "{text}");
}

#[test]
fn a_cache_that_cannot_be_written_is_named() {
    // Nobody, root included, can make a folder there.
    let output = xtask("matrix --lang c", Path::new("/proc/onramp")).output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("error: the cache folder `/proc/onramp` cannot be written: set ONRAMP_CACHE"), "{text}");
}

#[test]
fn a_limit_that_is_none_is_refused_before_anything_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let output = xtask(QUICK, folder.path()).env("ONRAMP_CACHE_LIMIT", "20G").output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("error: ONRAMP_CACHE_LIMIT is `20G`: it is a whole number of gigabytes"), "{text}");
}

/// A cache of its own that has the tools of the usual one.
fn with_tools(folder: &Path) {
    // Fetches what is missing, when this test runs before any matrix.
    let usual = Cache::open().unwrap();
    onramp_toolchain::c::ensure(&usual).unwrap();
    onramp_toolchain::component_ld::ensure(&usual).unwrap();
    for tools in ["debian", "component-ld"] {
        let from = usual.root().join(tools);
        if from.exists() {
            symlink(from, folder.join(tools)).unwrap();
        }
    }
}

const QUICK: &str = "matrix --linker stock --lang c --profile eager --scenario scalars,strings";

#[test]
fn the_run_after_an_interrupted_one_works() {
    let folder = tempfile::tempdir().unwrap();
    with_tools(folder.path());
    let mut first = xtask(QUICK, folder.path()).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    wait_for(&folder.path().join("guests"), &mut first);
    first.kill().unwrap();
    first.wait().unwrap();
    let output = xtask(QUICK, folder.path()).output().unwrap();
    assert!(output.status.success() && text(&output).contains("\n2 passed, 0 failed"), "{}", text(&output));
}

#[test]
fn two_runs_at_once_both_work() {
    let folder = tempfile::tempdir().unwrap();
    with_tools(folder.path());
    let start = || xtask(QUICK, folder.path()).stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    for run in [start(), start()] {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success() && text(&output).contains("\n2 passed, 0 failed"), "{}", text(&output));
    }
}

/// Waits until a run has begun to build guests.
fn wait_for(path: &Path, run: &mut Child) {
    let start = Instant::now();
    while !path.exists() {
        assert!(run.try_wait().unwrap().is_none(), "the run ended before it built anything");
        assert!(start.elapsed() < Duration::from_secs(60), "the run did not begin to build");
        std::thread::sleep(Duration::from_millis(2));
    }
}
