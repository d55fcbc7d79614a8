//! The acceptance suites: tests that others wrote for threads, from a folder that the user names.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Words that keep a test apart, and why.
const APART: &str = include_str!("../acceptance/apart");

/// The folders of the Open POSIX Test Suite, or the beginnings of their names.
const FOLDERS: [&str; 4] = ["pthread_", "sem_", "sched_yield", "nanosleep"];

/// A suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// wasi-libc's tests of cooperative threads that need no network.
    WasiLibc,
    /// The Open POSIX Test Suite's tests of threads, semaphores, `sched_yield` and `nanosleep`.
    OpenPosix,
}

/// A test of a suite.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name: the file's, in the suite.
    pub name: String,
    /// The source.
    pub source: PathBuf,
    /// Why it is not tried, if it is not.
    pub apart: Option<&'static str>,
    /// Whether upstream runs it.
    pub upstream: bool,
}

impl Suite {
    /// The tests, from a checkout of wasi-libc, which has both suites.
    ///
    /// # Errors
    /// When the suite is not there.
    pub fn tests(self, wasi_libc: &Path) -> Result<Vec<Test>> {
        let folder = wasi_libc.join("test");
        let list = folder.join("CMakeLists.txt");
        let list = fs::read_to_string(&list).with_context(|| format!("cannot read `{}`", list.display()))?;
        let mut tests = match self {
            Suite::WasiLibc => coop_tests(&folder.join("src"), &list)?,
            Suite::OpenPosix => posix_tests(&folder.join("open-posix-test-suite"), &list)?,
        };
        if tests.is_empty() {
            bail!("`{}` does not have this suite (its submodule may not be checked out)", folder.display());
        }
        tests.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(tests)
    }

    /// The compiler's arguments for its tests.
    pub fn flags(self, wasi_libc: &Path) -> Vec<String> {
        let include = match self {
            Suite::WasiLibc => Path::new(env!("CARGO_MANIFEST_DIR")).join("acceptance"),
            Suite::OpenPosix => wasi_libc.join("test/open-posix-test-suite/include"),
        };
        ["-w", "-Wno-incompatible-function-pointer-types", "-O1", "-D_GNU_SOURCE", "-I"]
            .map(str::to_owned)
            .into_iter()
            .chain([include.display().to_string()])
            .collect()
    }
}

/// The tests that the list has without the mark that they need a network.
fn coop_tests(folder: &Path, list: &str) -> Result<Vec<Test>> {
    let entries = list.lines().filter_map(|line| line.trim().strip_prefix("add_wasilibc_test(coop_"));
    let entries = entries.filter_map(|entry| entry.strip_suffix(')'));
    let entries = entries.filter(|entry| !entry.split(' ').any(|word| word == "NETWORK"));
    let names = entries.filter_map(|entry| entry.split(' ').next());
    let test = |name: &str| {
        let name = format!("coop_{name}");
        let source = folder.join(&name);
        if !source.exists() {
            bail!("there is no `{}`", source.display());
        }
        Ok(Test { name, source, apart: None, upstream: true })
    };
    names.map(test).collect()
}

fn posix_tests(folder: &Path, list: &str) -> Result<Vec<Test>> {
    let mut sources = Vec::new();
    let interfaces = folder.join("conformance/interfaces");
    for entry in fs::read_dir(&interfaces).with_context(|| format!("cannot read `{}`", interfaces.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if FOLDERS.iter().any(|folder| name.starts_with(folder)) {
            collect(&entry.path(), &mut sources)?;
        }
    }
    let test = |source: PathBuf| {
        let name = source.strip_prefix(&interfaces)?.display().to_string();
        let text = String::from_utf8_lossy(&fs::read(&source)?).into_owned();
        let listed = format!("add_posix_test(conformance/interfaces/{name})");
        let upstream = list.lines().any(|line| line.trim() == listed);
        let apart = if upstream { None } else { reason_apart(&text) };
        Ok(Test { name, source, apart, upstream })
    };
    sources.into_iter().map(test).collect()
}

/// Adds the tests of a folder: files whose names are numbers, such as `2-1.c`; others are only built.
fn collect(folder: &Path, sources: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, sources)?;
        } else if name.ends_with(".c") && name.starts_with(|c: char| c.is_ascii_digit()) && !name.contains("buildonly")
        {
            sources.push(path);
        }
    }
    Ok(())
}

fn reason_apart(text: &str) -> Option<&'static str> {
    let lines = APART.lines().filter(|line| !line.starts_with('#'));
    let rules = lines.filter_map(|line| line.split_once(' '));
    rules.into_iter().find(|(word, _)| has_word(text, word)).map(|(_, reason)| reason)
}

/// True when a text has this, and not as the end of a longer name.
fn has_word(text: &str, word: &str) -> bool {
    let longer = |before: Option<char>| before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(word).any(|(place, _)| !longer(text[..place].chars().next_back()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_tests_apart() {
        assert_eq!(reason_apart("x = fork();"), Some("processes"));
        assert_eq!(reason_apart("sigsuspend(&set);"), Some("signals"));
        assert_eq!(reason_apart("pthread_atfork(a, b, c); roadkill();"), None);
    }

    #[test]
    fn network_tests_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("coop_a.c"), "").unwrap();
        let list = "  add_wasilibc_test(coop_a.c)\n  add_wasilibc_test(coop_b.c NETWORK)\n  add_wasilibc_test(c.c)\n";
        let tests = coop_tests(folder.path(), list).unwrap();
        assert_eq!(tests.iter().map(|test| &*test.name).collect::<Vec<_>>(), ["coop_a.c"]);
        let error = coop_tests(folder.path(), "add_wasilibc_test(coop_gone.c)").unwrap_err();
        assert!(error.to_string().contains("coop_gone.c"));
    }
}
