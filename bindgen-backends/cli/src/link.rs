//! `onramp link`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::read;

/// The flags of `onramp link`.
#[derive(Args)]
pub struct Arguments {
    /// The core module. It has its world in a custom section, where bindings generators put it.
    #[arg(value_name = "CORE")]
    module: PathBuf,

    /// Where the component is written.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// An adapter module of wit-component, such as the one for `wasi_snapshot_preview1`; may be given several times (default
    /// name: the file's, up to the first dot).
    #[arg(long, value_name = "[NAME=]FILE", value_parser = adapter)]
    adapt: Vec<(String, PathBuf)>,

    /// Write functions that pass references (those under `[abi=gc]`) in upstream's own encoding, `canon lift` and `canon lower` with `gc`, for
    /// engines that have it. No adapters are needed then; today's engines do not run it.
    #[arg(long)]
    native_gc: bool,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let mut adapters = Vec::new();
        for (name, file) in self.adapt {
            let bytes = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
            adapters.push((name, bytes));
        }
        let module = read(&self.module)?;
        let component = match self.native_gc {
            true => onramp_compose::link_native_gc(&module, &adapters)?,
            false => onramp_compose::link(&module, &adapters)?,
        };
        fs::write(&self.output, component).with_context(|| format!("cannot write `{}`", self.output.display()))
    }
}

/// The name and the file of an adapter.
pub(crate) fn adapter(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => Ok((name.to_owned(), Path::new(file).to_owned())),
        Some(_) => Err("expected `FILE` or `NAME=FILE`".to_owned()),
        None => {
            let file = Path::new(text);
            let name = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.split('.').next());
            name.map(|name| (name.to_owned(), file.to_owned())).ok_or_else(|| "expected `NAME=FILE`".to_owned())
        }
    }
}
