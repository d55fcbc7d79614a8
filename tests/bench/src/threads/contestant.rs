//! The programs, ready to run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use onramp_driver::Target;
use onramp_run::{Ended, Invocation, Program, Runner, Settings, Streams};
use onramp_threads::build::{Source, component};
use onramp_toolchain::{Cache, tool};

use super::rows::Row;

/// How the programs are compiled.
const FLAGS: [&str; 1] = ["-O2"];

/// One run of a row.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The time of a round, in nanoseconds.
    pub nanoseconds: f64,
    /// What was used of memory.
    pub memory: Memory,
}

/// What a run used of memory, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Memory {
    /// By how much the linear memory grew after a tenth of the rounds had been tried.
    pub linear: u64,
    /// By how much more of this process was resident at the most, the engine's stacks included.
    pub resident: u64,
}

/// Everyone who takes part.
pub struct Contestants {
    ours: Program,
    built_in: Program,
    /// The native program and the folder it lies in, where there is a compiler.
    native: Option<(tempfile::TempDir, PathBuf)>,
}

impl Contestants {
    /// Builds the programs.
    ///
    /// # Errors
    /// When one does not build.
    pub fn build(cache: &Cache) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guests/threads");
        let runner = Runner::new(&Settings::default())?;
        let flags = FLAGS.map(str::to_owned);
        let load = |name: &str| {
            let source = Source { file: &folder.join(name), target: Target::default(), flags: &flags, others: &[] };
            let file = component(&source, cache)?;
            runner.load(name, &fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?)
        };
        Ok(Contestants { ours: load("posix.c")?, built_in: load("builtins.c")?, native: native(&folder)? })
    }

    /// A run of our threads.
    ///
    /// # Errors
    /// When it fails.
    pub fn ours(&self, row: &Row) -> Result<Sample> {
        reset_peak();
        let before = resident("VmRSS:");
        let (nanoseconds, linear) = run(&self.ours, row)?;
        let resident = resident("VmHWM:").saturating_sub(before);
        Ok(Sample { nanoseconds, memory: Memory { linear, resident } })
    }

    /// A run of the built-ins, if they can do it alone.
    ///
    /// # Errors
    /// When it fails.
    pub fn built_in(&self, row: &Row) -> Result<Option<f64>> {
        if !row.built_in {
            return Ok(None);
        }
        Ok(Some(run(&self.built_in, row)?.0))
    }

    /// A run of native threads, where they could be built.
    ///
    /// # Errors
    /// When it fails.
    pub fn native(&self, row: &Row) -> Result<Option<f64>> {
        let Some((_, program)) = &self.native else { return Ok(None) };
        let printed = tool::output(Command::new(program).args(arguments(row)))?;
        Ok(Some(read(&printed, row)?.0))
    }
}

fn native(sources: &Path) -> Result<Option<(tempfile::TempDir, PathBuf)>> {
    let Some(compiler) = tool::on_path("cc") else { return Ok(None) };
    let folder = tempfile::tempdir()?;
    let program = folder.path().join("posix");
    let mut compile = Command::new(compiler);
    compile.args(FLAGS).args(["-pthread", "-o"]).arg(&program).arg(sources.join("posix.c"));
    tool::output(&mut compile)?;
    Ok(Some((folder, program)))
}

fn arguments(row: &Row) -> [String; 2] {
    [row.work.to_owned(), row.rounds.to_string()]
}

fn run(program: &Program, row: &Row) -> Result<(f64, u64)> {
    let arguments = ["program".to_owned()].into_iter().chain(arguments(row)).collect();
    let output =
        program.run(&Invocation { arguments, streams: Streams::Captured(Vec::new()), ..Default::default() })?;
    if output.ended != Ended::Exited(0) {
        bail!("row `{}`: {:?}\n{}", row.name, output.ended, String::from_utf8_lossy(&output.stderr));
    }
    read(&String::from_utf8_lossy(&output.stdout), row)
}

/// Reads what a program printed: the nanoseconds of a round, and the growth of its memory.
fn read(printed: &str, row: &Row) -> Result<(f64, u64)> {
    let parsed = printed.trim().split_once(' ').and_then(|(time, memory)| {
        let time: f64 = time.parse().ok()?;
        Some((time / f64::from(row.rounds), memory.parse().ok()?))
    });
    parsed.with_context(|| format!("row `{}`: the program printed `{printed}`", row.name))
}

/// Forgets how much memory this process had at the most, where the system can.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// A line of what the system says of this process's memory, in bytes; 0 where it says nothing.
fn resident(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|each| each.strip_prefix(line));
    let kibibytes: u64 = found.and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    kibibytes * 1024
}
