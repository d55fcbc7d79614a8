//! `cargo xtask acceptance wit-bindgen`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use onramp_abi::Profile;
use onramp_acceptance::language::Language;
use onramp_acceptance::runtime::{self, Selection};

use crate::{Outcome, say, workspace};

/// The flags.
#[derive(Args)]
pub struct Arguments {
    /// A checkout of bytecodealliance/wit-bindgen.
    #[arg(value_name = "WIT-BINDGEN")]
    source: PathBuf,

    /// Only tests whose name contains this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,

    /// Only guests in these languages.
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',', default_values_t = Language::ALL)]
    lang: Vec<Language>,

    /// Only guests of these profiles: eager (upstream's own generators), multivalue, lazy, cm1.
    #[arg(long, value_name = "PROFILE", value_delimiter = ',', default_values_t = Profile::ALL)]
    profile: Vec<Profile>,

    /// Also write what was seen to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let selection = Selection { filter: self.filter, languages: self.lang, profiles: self.profile };
        let source = std::path::absolute(&self.source)?;
        let report = runtime::run(&source, &workspace()?, &selection, &|line| eprintln!("{line}"))?;
        say(report.text());
        if let Some(file) = &self.json {
            let json = serde_json::to_string_pretty(&report)?;
            fs::write(file, json).with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        Ok(if report.is_good() { Outcome::Good } else { Outcome::Failed })
    }
}
