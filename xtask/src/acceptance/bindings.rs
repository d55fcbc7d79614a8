//! `cargo xtask acceptance wit-bindgen`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use onramp_abi::Profile;
use onramp_acceptance::codegen::Options;
use onramp_acceptance::language::Language;
use onramp_acceptance::runtime::{self, Selection};
use onramp_acceptance::{codegen, report};

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
    #[arg(long, value_name = "PROFILE", value_delimiter = ',', default_values_t = Profile::LINEAR)]
    profile: Vec<Profile>,

    /// Only the tests that are run (`runtime`), or only the worlds that are compiled (`codegen`).
    #[arg(long, value_name = "PART")]
    part: Option<Part>,

    /// Whether the worlds are compiled with one set of options, or with all that upstream's own tests vary.
    #[arg(long, value_name = "OPTIONS", default_value = "plain")]
    options: Options,

    /// Link the guests that are run with this program, as users do: an `onramp-component-ld`. Without it, the library links them.
    #[arg(long, value_name = "FILE")]
    component_ld: Option<PathBuf>,

    /// Also write what was seen to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// A part of upstream's tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Guests that are composed and run.
    Runtime,
    /// Worlds whose bindings are compiled.
    Codegen,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<Outcome> {
        let (languages, profiles) = (self.lang, self.profile);
        let selection = Selection { filter: self.filter, languages, profiles, component_ld: self.component_ld };
        let source = std::path::absolute(&self.source)?;
        let workspace = workspace()?;
        let wanted = |part| self.part.is_none_or(|only| only == part);
        let told = |line: &str| eprintln!("{line}");
        let (mut good, mut json) = (true, serde_json::Map::new());
        if wanted(Part::Codegen) {
            let cells = codegen::run(&source, &workspace, &selection, self.options, &told)?;
            let (text, all) = report::codegen(&cells);
            say(text);
            good &= all;
            json.insert("codegen".to_owned(), serde_json::to_value(&cells)?);
        }
        if wanted(Part::Runtime) {
            let report = runtime::run(&source, &workspace, &selection, &told)?;
            say(report.text());
            good &= report.is_good();
            json.insert("runtime".to_owned(), serde_json::to_value(&report)?);
        }
        if let Some(file) = &self.json {
            let json = serde_json::to_string_pretty(&json)?;
            fs::write(file, json).with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        Ok(if good { Outcome::Good } else { Outcome::Failed })
    }
}
