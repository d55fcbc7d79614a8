//! `onramp link`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::read;

/// The flags of `onramp link`.
#[derive(Args)]
pub struct Arguments {
    /// The core module. It has its world in a custom section, where bindings generators put it, if `--wit` does not say where the world is.
    #[arg(value_name = "CORE")]
    module: PathBuf,

    /// Where the module's world is: a file or a folder, for compilers that do not write it into their modules, such as TeaVM.
    #[arg(long, value_name = "WIT")]
    wit: Option<PathBuf>,

    /// The world in there, such as `guest`. It may be left out when the package has only one.
    #[arg(short, long, value_name = "WORLD", requires = "wit")]
    world: Option<String>,

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
        let mut module = read(&self.module)?;
        if let Some(wit) = &self.wit {
            with_world(&mut module.bytes, wit, self.world.as_deref())?;
        }
        let component = match self.native_gc {
            true => onramp_compose::link_native_gc(&module, &adapters)?,
            false => onramp_compose::link(&module, &adapters)?,
        };
        fs::write(&self.output, component).with_context(|| format!("cannot write `{}`", self.output.display()))
    }
}

/// Adds the section to a module that says what its world is.
fn with_world(module: &mut Vec<u8>, wit: &Path, world: Option<&str>) -> Result<()> {
    let mut resolve = Resolve::default();
    let file = wit.display();
    let pushed = resolve.push_path(wit).with_context(|| format!("cannot read the WIT in `{file}`"));
    let (package, _) = pushed?;
    let world =
        resolve.select_world(&[package], world).with_context(|| format!("`{file}` does not say which world"))?;
    embed_component_metadata(module, &resolve, world, StringEncoding::UTF8, false)
        .with_context(|| format!("the world of `{file}` cannot be written into the module"))
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
