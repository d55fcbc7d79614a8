//! A case: a source file whose output is beside it. Its first lines may say more about it:
//!
//! ```c
//! //@ flags: -O2          for the compiler
//! //@ args: a b           for the program
//! //@ env: NAME=VALUE     a variable; may come several times
//! //@ stdin: a line       standard input; may come several times
//! //@ seeds: 1            how many seeds, where schedules do not matter and runs are long
//! //@ needs: exceptions   a libc++ that has them, which not every toolchain has: the case is left out elsewhere
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// How many seeds a case is run with.
pub const SEEDS: u32 = 20;

/// What the cases of a folder are written in.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The extensions of the sources' names.
    extensions: &'static [&'static str],
    /// What a line begins with that says more about a case.
    mark: &'static str,
}

/// C and C++.
pub const C: Kind = Kind { extensions: &["c", "cpp"], mark: "//@" };

/// Python.
pub const PYTHON: Kind = Kind { extensions: &["py"], mark: "#@" };

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name: the file's, without the extension.
    pub name: String,
    /// The source.
    pub source: PathBuf,
    /// What it must write, and how it must end.
    pub expected: String,
    /// Arguments for the compiler.
    pub flags: Vec<String>,
    /// Arguments for the program.
    pub arguments: Vec<String>,
    /// Variables for the program.
    pub environment: Vec<(String, String)>,
    /// Standard input.
    pub input: String,
    /// How many seeds it is run with.
    pub seeds: u32,
    /// True when the toolchain's libc++ must have exceptions.
    pub needs_exceptions: bool,
}

/// The cases of a folder, in the order of their names.
///
/// # Errors
/// When there is none, or when one is not well formed.
pub fn all(folder: &Path, kind: &Kind) -> Result<Vec<Case>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut sources: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    sources.retain(|path| {
        path.extension().is_some_and(|extension| kind.extensions.iter().any(|known| extension == *known))
    });
    sources.sort();
    if sources.is_empty() {
        bail!("`{}` has no case", folder.display());
    }
    sources.iter().map(|source| read(source, kind)).collect()
}

fn read(source: &Path, kind: &Kind) -> Result<Case> {
    let text = |path: &Path| fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()));
    let expected = text(&source.with_extension("expected"))?;
    let name = source.file_stem().context("a source has a name")?.to_string_lossy().into_owned();
    let mut case = Case {
        name,
        source: source.to_owned(),
        expected,
        flags: Vec::new(),
        arguments: Vec::new(),
        environment: Vec::new(),
        input: String::new(),
        seeds: SEEDS,
        needs_exceptions: false,
    };
    for line in text(source)?.lines().map_while(|line| line.strip_prefix(kind.mark)) {
        case.configure(line.trim()).with_context(|| format!("`{}`: `{}{line}`", source.display(), kind.mark))?;
    }
    Ok(case)
}

impl Case {
    fn configure(&mut self, line: &str) -> Result<()> {
        let (key, value) = line.split_once(':').context("expected `key: value`")?;
        let (value, words) = (value.trim(), value.split_whitespace().map(str::to_owned));
        match key {
            "flags" => self.flags.extend(words),
            "args" => self.arguments.extend(words),
            "env" => {
                let (name, value) = value.split_once('=').context("expected `NAME=VALUE`")?;
                self.environment.push((name.to_owned(), value.to_owned()));
            }
            "stdin" => self.input.extend([value, "\n"]),
            "seeds" => self.seeds = value.parse().context("expected a number")?,
            "needs" if value == "exceptions" => self.needs_exceptions = true,
            "needs" => bail!("expected `exceptions`"),
            _ => bail!("the keys are flags, args, env, stdin, seeds, needs"),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(source: &str) -> (tempfile::TempDir, Result<Vec<Case>>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.c"), source).unwrap();
        fs::write(folder.path().join("a.expected"), "out\n").unwrap();
        let cases = all(folder.path(), &C);
        (folder, cases)
    }

    #[test]
    fn a_case_says_what_it_needs() {
        let (_folder, cases) =
            write("//@ flags: -O2 -g\n//@ stdin: x\n//@ stdin: y\n//@ env: A=b=c\n//@ seeds: 1\nint x;\n");
        let case = &cases.unwrap()[0];
        assert_eq!((&*case.name, &*case.expected, &*case.input), ("a", "out\n", "x\ny\n"));
        assert_eq!((&case.flags[..], case.seeds), (&["-O2".to_owned(), "-g".to_owned()][..], 1));
        assert_eq!(case.environment, [("A".to_owned(), "b=c".to_owned())]);
    }

    #[test]
    fn what_it_says_wrong_is_told() {
        for (source, expected) in [
            ("//@ sed: 1\n", "the keys are"),
            ("//@ seeds\n", "key: value"),
            ("//@ seeds: x\n", "a number"),
            ("//@ needs: luck\n", "`exceptions`"),
        ] {
            let error = format!("{:#}", write(source).1.unwrap_err());
            assert!(error.contains(expected) && error.contains("a.c"), "{error}");
        }
    }

    #[test]
    fn without_its_output_it_is_no_case() {
        let folder = tempfile::tempdir().unwrap();
        assert!(format!("{:#}", all(folder.path(), &C).unwrap_err()).contains("has no case"));
        fs::write(folder.path().join("a.c"), "").unwrap();
        assert!(format!("{:#}", all(folder.path(), &C).unwrap_err()).contains("a.expected"));
    }
}
