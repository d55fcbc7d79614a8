//! `onramp compose`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onramp_compose::{Composition, Graph, Input, Trust, compose_with};

use crate::{Form, read, say};

/// The flags of `onramp compose`.
#[derive(Args)]
pub struct Arguments {
    /// The components: one instance of each. An import is satisfied by the first of the others that exports it.
    #[arg(required_unless_present = "wac", value_name = "FILE")]
    components: Vec<PathBuf>,

    /// Where the composition is written; without it, only the report is made.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// An interface that the composition exports; may be given several times (default: what the first component exports).
    #[arg(long, value_name = "INTERFACE")]
    export: Vec<String>,

    /// Compose what a WAC document says, instead of connecting components by name. Its packages are given with --dep.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["components", "export"])]
    wac: Option<PathBuf>,

    /// The component that a package of the WAC document is (`namespace:name=FILE`, or `namespace:name@version=FILE` for one
    /// version only); may be given several times.
    #[arg(long, value_name = "PACKAGE=FILE", requires = "wac", value_parser = package)]
    dep: Vec<(String, PathBuf)>,

    /// Also flatten guests whose handles of the host's resources cannot be kept apart from those of others (the report names them):
    /// each can then use the handles that the host gave to the others, so only for guests that you would run in one process.
    #[arg(long)]
    trust_guests: bool,

    /// Copy strings and lists between guests of the GC ABI, even where a reference to them could be passed: what one guest has sent or
    /// was given, no other writes to.
    #[arg(long)]
    isolate_gc: bool,

    /// Show what was done: which components stay nested and why, and per connection what its adapters do.
    #[arg(long, value_name = "FORM")]
    report: Option<Form>,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let graph = self.graph()?;
        let trust = Trust { trust_guests: self.trust_guests, isolate_gc: self.isolate_gc };
        let Composition { component, report } = compose_with(&graph, trust)?;
        if let Some(output) = &self.output {
            fs::write(output, component).with_context(|| format!("cannot write `{}`", output.display()))?;
        }
        match self.report {
            Some(Form::Json) => say(serde_json::to_string_pretty(&report)? + "\n"),
            Some(Form::Text) => say(report),
            None if self.output.is_none() => say(report),
            None => {}
        }
        Ok(())
    }

    fn graph(&self) -> Result<Graph> {
        let Some(document) = &self.wac else {
            return Graph::plug(named_apart(&self.components)?, &self.export);
        };
        let path = document.display().to_string();
        let text = fs::read_to_string(document).with_context(|| format!("cannot read `{path}`"))?;
        let each = |(name, file): &(String, PathBuf)| Ok((name.clone(), read(file)?));
        let packages: Vec<(String, Input)> = self.dep.iter().map(each).collect::<Result<_>>()?;
        Graph::from_wac(&text, &path, &packages)
    }
}

/// The components, those of the same name called by their whole path.
fn named_apart(files: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs = files.iter().map(|file| read(file)).collect::<Result<Vec<_>>>()?;
    let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    for (input, file) in inputs.iter_mut().zip(files) {
        if names.iter().filter(|name| **name == input.name).count() > 1 {
            input.name = file.display().to_string();
        }
    }
    Ok(inputs)
}

fn package(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if name.contains(':') && !file.is_empty() => {
            Ok((name.to_owned(), Path::new(file).to_owned()))
        }
        _ => Err("expected `namespace:name=FILE`".to_owned()),
    }
}
