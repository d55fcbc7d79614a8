//! `cargo xtask setup`.

use anyhow::Result;
use clap::Args;
use comfy_table::{Table, presets};
use onramp_matrix::language;
use onramp_matrix::progress::Progress;
use onramp_python_runtime::{Runtime, STEPS};
use onramp_toolchain::checkers::{Checkers, MYPY, PYRIGHT};
use onramp_toolchain::{Cache, Status, rust, status};

use crate::{Outcome, say};

/// The language whose tools are the Python runtime, which takes the longest to build.
const PYTHON: &str = "python";

/// The tools that the Python runtime is built with.
const BUILDERS: [&str; 3] = ["rustc", "clang", "wasm-component-ld"];

/// The flags of `cargo xtask setup`.
#[derive(Args)]
pub struct Arguments {
    /// Fetch and build nothing: show what is there and what is missing, and fail when something needed is.
    #[arg(long)]
    check: bool,

    /// Leave out the Python runtime, which is built from source, and what checks its code and Python's types.
    #[arg(long)]
    without_python: bool,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let cache = Cache::open()?;
        if !self.check {
            self.set_up(&cache)?;
        }
        let tools = status(&cache);
        let mut rows: Vec<Row> = tools.iter().map(Row::of_tool).collect();
        if !self.without_python {
            rows.push(runtime(&cache, &tools));
            rows.push(checkers(&cache).optional());
            rows.push(clippy(&cache).optional());
        }
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["tool", "version", "from", "where"]);
        for row in &rows {
            table.add_row(&row.cells);
        }
        say(format_args!("{table}\nThe cache is `{}`; it may be deleted.", cache.root().display()));
        Ok(if rows.iter().all(|row| row.is_there || row.is_optional) { Outcome::Good } else { Outcome::Failed })
    }

    /// Fetches and builds what is missing. What a user can do without is told, and no error.
    fn set_up(&self, cache: &Cache) -> Result<()> {
        let progress = Progress::on_stderr();
        for language in language::all() {
            let is_python = language.name() == PYTHON;
            if is_python && self.without_python {
                continue;
            }
            if is_python {
                build_runtime(&progress, cache);
                continue;
            }
            let task = progress.start(format!("tools for {}", language.name()));
            match language.set_up(cache) {
                Ok(_) => task.done("ready"),
                Err(error) if language.can_be_missing() => task.done(&format!("not to be had: {error:#}")),
                Err(error) => return Err(error),
            }
        }
        if !self.without_python {
            optional(&progress, "Python's type checkers", || Checkers::ensure(cache).map(drop));
            optional(&progress, "clippy for wasm", || rust::ensure_clippy(&rust::ensure(cache)?, cache).map(drop));
        }
        Ok(())
    }
}

/// Fetches what only `cargo xtask test` misses.
fn optional(progress: &Progress, name: &str, ensure: impl FnOnce() -> Result<()>) {
    let task = progress.start(name);
    match ensure() {
        Ok(()) => task.done("ready"),
        Err(error) => task.done(&format!("not to be had: {error:#}")),
    }
}

/// Builds the runtime's parts, as far as it goes.
fn build_runtime(progress: &Progress, cache: &Cache) {
    for step in STEPS {
        let task = progress.start(step.name);
        if let Err(error) = (step.ensure)(cache) {
            task.done(&format!("not to be had: {error:#}"));
            return;
        }
        task.done("ready");
    }
}

/// A line of the table.
struct Row {
    cells: [String; 4],
    is_there: bool,
    /// Whether all but the guests of a language, or a check, can do without.
    is_optional: bool,
}

impl Row {
    fn of_tool(tool: &Status) -> Row {
        let row = match &tool.found {
            Ok(found) => {
                Row::there(tool.name, &found.version, found.origin.describe(), &found.path.display().to_string())
            }
            Err(missing) => Row::missing(tool.name, missing),
        };
        if tool.is_optional { row.optional() } else { row }
    }

    fn optional(self) -> Row {
        Row { is_optional: true, ..self }
    }

    fn there(name: &str, version: &str, from: &str, place: &str) -> Row {
        Row { cells: [name, version, from, place].map(str::to_owned), is_there: true, is_optional: false }
    }

    fn missing(name: &str, why: &str) -> Row {
        Row { cells: [name, why, "", ""].map(str::to_owned), is_there: false, is_optional: false }
    }
}

/// The Python runtime. Without the tools that it is built with nobody knows which one it would be.
fn runtime(cache: &Cache, tools: &[Status]) -> Row {
    let name = "Python runtime";
    if tools.iter().any(|tool| BUILDERS.contains(&tool.name) && tool.found.is_err()) {
        return Row::missing(name, "missing: would be built from source, with these tools");
    }
    match Runtime::find(cache) {
        Ok(Some(runtime)) => Row::there(name, "CPython 3.13", "built here", &runtime.folder.display().to_string()),
        Ok(None) => Row::missing(name, "missing: would be built from source, in minutes"),
        Err(error) => Row::missing(name, &format!("{error:#}")),
    }
}

fn checkers(cache: &Cache) -> Row {
    let name = "type checkers";
    match Checkers::find(cache) {
        Some(checkers) => {
            let version = format!("mypy {MYPY}, pyright {PYRIGHT}");
            Row::there(name, &version, "PyPI", &checkers.folder().display().to_string())
        }
        None => Row::missing(name, "missing: would come from PyPI"),
    }
}

fn clippy(cache: &Cache) -> Row {
    let name = "clippy for wasm";
    match rust::find(cache).and_then(|rust| Some((rust::find_clippy(&rust, cache)?, rust))) {
        Some((clippy, rust)) => {
            Row::there(name, &rust.rustc.version, rust.rustc.origin.describe(), &clippy.display().to_string())
        }
        None => Row::missing(name, "missing: would come from Debian's packages"),
    }
}
