//! `cargo xtask setup`.

use anyhow::Result;
use clap::Args;
use comfy_table::{Table, presets};
use onramp_matrix::language;
use onramp_matrix::progress::Progress;
use onramp_toolchain::{Cache, status};

use crate::{Outcome, say};

/// The flags of `cargo xtask setup`.
#[derive(Args)]
pub struct Arguments {
    /// Fetch nothing: show what is there and what is missing, and fail when something is.
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let cache = Cache::open()?;
        if !self.check {
            let progress = Progress::on_stderr();
            for language in language::all() {
                let task = progress.start(format!("tools for {}", language.name()));
                match language.set_up(&cache) {
                    Ok(_) => task.done("ready"),
                    Err(error) if language.can_be_missing() => task.done(&format!("not to be had: {error:#}")),
                    Err(error) => return Err(error),
                }
            }
        }
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["tool", "version", "from", "where"]);
        let tools = status(&cache);
        for tool in &tools {
            match &tool.found {
                Ok(found) => table.add_row([
                    tool.name,
                    &found.version,
                    found.origin.describe(),
                    &found.path.display().to_string(),
                ]),
                Err(missing) => table.add_row([tool.name, missing, "", ""]),
            };
        }
        say(format_args!("{table}\nThe cache is `{}`; it may be deleted.", cache.root().display()));
        Ok(if tools.iter().all(|tool| tool.found.is_ok()) { Outcome::Good } else { Outcome::Failed })
    }
}
