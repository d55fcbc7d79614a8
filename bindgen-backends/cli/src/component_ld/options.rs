//! What a linker's command line says that matters for the component. All else is `wasm-ld`'s and `wasm-component-ld`'s business.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasi_preview1_component_adapter_provider as preview1;

/// The core module that the adapter is for.
const PREVIEW1: &str = "wasi_snapshot_preview1";

/// The words of a command line, with those of response files (`@file`) in their places.
pub struct Options {
    words: Vec<String>,
}

impl Options {
    /// Reads a command line.
    ///
    /// # Errors
    /// When a response file cannot be read.
    pub fn read(arguments: &[OsString]) -> Result<Self> {
        let mut options = Options { words: Vec::new() };
        for argument in arguments {
            options.word(&argument.to_string_lossy())?;
        }
        Ok(options)
    }

    fn word(&mut self, word: &str) -> Result<()> {
        let Some(file) = word.strip_prefix('@') else {
            self.words.push(word.to_owned());
            return Ok(());
        };
        let text = fs::read_to_string(file).with_context(|| format!("cannot read the response file `{file}`"))?;
        let words = shlex::split(&text).with_context(|| format!("the response file `{file}` has an open quote"))?;
        words.iter().try_for_each(|word| self.word(word))
    }

    /// True when what is linked is to be no component: a shared library, or a core module.
    pub fn want_no_component(&self) -> bool {
        let asks =
            |word: &String| ["--skip-wit-component", "-shared", "--shared", "--version", "--help"].contains(&&**word);
        self.words.iter().any(asks)
    }

    /// Where the component is written.
    ///
    /// # Errors
    /// When the command line does not say it.
    pub fn output(&self) -> Result<PathBuf> {
        let short = |word: &String| word.strip_prefix("-o").filter(|file| !file.is_empty()).map(str::to_owned);
        let joined = self.words.iter().filter_map(short).next_back();
        let output = self.values("-o").into_iter().chain(self.values("--output")).next_back().or(joined);
        output.map(PathBuf::from).context("the linker is not told where to write to: `-o FILE` is missing")
    }

    /// The adapters for a core module that imports from these modules, and has, or has not, an export `_start`.
    ///
    /// # Errors
    /// When one cannot be read, or none is called so.
    pub fn adapters(&self, imports_preview1: bool, is_command: bool) -> Result<Vec<(String, Vec<u8>)>> {
        let mut adapters = Vec::new();
        let default = if is_command { "command" } else { "reactor" };
        let chosen = self.values("--wasi-adapter").pop().unwrap_or_else(|| default.to_owned());
        let standard = match chosen.as_str() {
            "command" => Some(preview1::WASI_SNAPSHOT_PREVIEW1_COMMAND_ADAPTER),
            "reactor" => Some(preview1::WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER),
            "proxy" => Some(preview1::WASI_SNAPSHOT_PREVIEW1_PROXY_ADAPTER),
            "none" => None,
            other => bail!("there is no WASI adapter `{other}`: there are command, reactor, proxy and none"),
        };
        if imports_preview1 {
            adapters.extend(standard.map(|adapter| (PREVIEW1.to_owned(), adapter.to_vec())));
        }
        for adapter in self.values("--adapt") {
            let (name, file) = crate::link::adapter(&adapter).map_err(anyhow::Error::msg)?;
            let bytes = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
            adapters.retain(|(other, _)| *other != name);
            adapters.push((name, bytes));
        }
        Ok(adapters)
    }

    /// The WIT files that say a world which is not in the object files.
    pub fn worlds(&self) -> Vec<String> {
        self.values("--component-type")
    }

    /// The values of a flag: of `flag value` and `flag=value`.
    fn values(&self, flag: &str) -> Vec<String> {
        let mut values = Vec::new();
        for (index, word) in self.words.iter().enumerate() {
            let joined = word.strip_prefix(flag).and_then(|rest| rest.strip_prefix('='));
            let next = || self.words.get(index + 1).filter(|_| word == flag).map(String::as_str);
            values.extend(joined.or_else(next).map(str::to_owned));
        }
        values
    }
}

/// The core module that [`Options::adapters`] has an adapter for.
pub fn preview1() -> &'static str {
    PREVIEW1
}
