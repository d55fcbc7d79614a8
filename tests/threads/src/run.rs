//! Running a program under a seed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use onramp_run::{Directory, Ended, Invocation, Output, Program, Runner, Settings, Streams};
use onramp_toolchain::Cache;

/// How long a program may run: one that hangs has failed.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The variable whose number chooses who runs next.
pub const SEED: &str = "COOP_SEED";

/// An engine whose programs are stopped when they hang, with compiled code in the cache.
///
/// # Errors
/// When the cache cannot be used.
pub fn runner(cache: &Cache, time_limit: Duration) -> Result<Runner> {
    Runner::new(&Settings { time_limit: Some(time_limit), cache: Some(cache.folder("compiled").join("components")) })
}

/// Compiles a component's file.
///
/// # Errors
/// When it cannot be read, or is no command.
pub fn load(runner: &Runner, component: &Path) -> Result<Program> {
    let bytes = fs::read(component).with_context(|| format!("cannot read `{}`", component.display()))?;
    runner.load(&component.display().to_string(), &bytes)
}

/// What a program is given.
#[derive(Clone, Debug, Default)]
pub struct Given<'a> {
    /// Its arguments.
    pub arguments: &'a [String],
    /// Its environment, beside the seed.
    pub environment: &'a [(String, String)],
    /// Its standard input.
    pub input: &'a [u8],
    /// A directory of its own, which it sees as `.` and `/tmp`.
    pub directory: Option<&'a Path>,
}

/// Runs a program; without a seed it is deterministic.
///
/// # Errors
/// When it cannot be started.
pub fn run(program: &Program, given: &Given, seed: Option<u32>) -> Result<Output> {
    let seed = seed.map(|seed| (SEED.to_owned(), seed.to_string()));
    let names = [".", "/tmp"].into_iter().filter_map(|name| Some((given.directory?, name)));
    program.run(&Invocation {
        arguments: std::iter::once("program".to_owned()).chain(given.arguments.iter().cloned()).collect(),
        environment: given.environment.iter().cloned().chain(seed).collect(),
        directories: names.map(|(host, name)| Directory { host: host.to_owned(), guest: name.to_owned() }).collect(),
        network: false,
        streams: Streams::Captured(given.input.to_owned()),
    })
}

/// What a program wrote, standard output first, and how it ended when that was not well: the text that a case expects.
pub fn told(output: &Output) -> String {
    let mut text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    match &output.ended {
        Ended::Exited(0) => {}
        Ended::Exited(code) => text.push_str(&format!("exit {code}\n")),
        Ended::Trapped { cause, .. } => text.push_str(&format!("trap: {cause}\n")),
        Ended::StoppedAfter(limit) => text.push_str(&format!("stopped after {} s\n", limit.as_secs())),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_told_when_it_was_not_well() {
        let output = |stdout: &str, ended| Output { ended, stdout: stdout.into(), stderr: b"err\n".to_vec() };
        let trapped = Ended::Trapped { cause: "wasm trap: x".to_owned(), backtrace: "0: main".to_owned() };
        for (stdout, ended, expected) in [
            ("out\n", Ended::Exited(0), "out\nerr\n"),
            ("", Ended::Exited(3), "err\nexit 3\n"),
            ("", trapped, "err\ntrap: wasm trap: x\n"),
            ("", Ended::StoppedAfter(Duration::from_secs(2)), "err\nstopped after 2 s\n"),
        ] {
            assert_eq!(told(&output(stdout, ended)), expected);
        }
    }
}
