//! A folder of upstream's `tests/runtime`: a WIT package, a runner, and the components that the runner calls.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::header::{self, OfGuest, OfWit};
use crate::language::Language;

/// A test.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its name: the path below `tests/runtime`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// What `test.wit` says of itself.
    pub header: OfWit,
    /// The sources in a language that we have.
    pub sources: Vec<Source>,
}

/// The source of a guest.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub file: PathBuf,
    /// The world that it is for.
    pub world: String,
    /// Its language.
    pub language: Language,
    /// What it says of itself.
    pub header: OfGuest,
}

/// Components that make a test: the runner, and one for each world that it depends on.
pub type Cast<'f> = Vec<&'f Source>;

impl Source {
    /// The file's name.
    pub fn name(&self) -> String {
        self.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl Folder {
    /// All tests below a folder, by name.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn all(root: &Path) -> Result<Vec<Folder>> {
        let mut found = Vec::new();
        walk(root, &mut found)?;
        found.sort();
        found.iter().map(|path| Folder::read(root, path).with_context(|| format!("`{}`", path.display()))).collect()
    }

    fn read(root: &Path, path: &Path) -> Result<Folder> {
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        let header: OfWit = header::read(&fs::read_to_string(path.join("test.wit"))?)?;
        let mut folder = Folder { name, path: path.to_owned(), header, sources: Vec::new() };
        let mut files: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.sort();
        for file in files {
            folder.sources.extend(folder.source(&file).with_context(|| format!("`{}`", file.display()))?);
        }
        Ok(folder)
    }

    /// The guest that a file is the source of: its name begins with its world's.
    fn source(&self, file: &Path) -> Result<Option<Source>> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let Some(language) = Language::of(file) else { return Ok(None) };
        let Some(world) = self.worlds().into_iter().find(|world| name.starts_with(world.as_str())) else {
            return Ok(None);
        };
        let header = header::read(&fs::read_to_string(file)?)?;
        Ok(Some(Source { file: file.to_owned(), world, language, header }))
    }

    /// The worlds: the runner's, then those that it depends on.
    pub fn worlds(&self) -> Vec<String> {
        let runner = self.header.runner.clone().unwrap_or_else(|| "runner".to_owned());
        let others = self.header.dependencies.as_ref().map_or_else(|| vec!["test".to_owned()], |words| words.list());
        std::iter::once(runner).chain(others).collect()
    }

    /// What the WIT of the test is read from: the folder when it has packages beside `test.wit`, else that file.
    pub fn wit(&self) -> PathBuf {
        match self.path.join("deps").exists() {
            true => self.path.clone(),
            false => self.path.join("test.wit"),
        }
    }

    /// Every way to choose one source per world, with languages that are wanted.
    pub fn casts<'f>(&'f self, wanted: &[Language]) -> Vec<Cast<'f>> {
        self.worlds().iter().fold(vec![Vec::new()], |casts, world| {
            let fits = |source: &&Source| source.world == *world && wanted.contains(&source.language);
            let sources: Vec<&'f Source> = self.sources.iter().filter(fits).collect();
            let pairs = casts.iter().flat_map(|cast| sources.iter().map(move |source| (cast, *source)));
            pairs.map(|(cast, source): (&Cast<'f>, _)| cast.iter().copied().chain([source]).collect()).collect()
        })
    }
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if path.join("test.wit").is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        }
    }
    Ok(())
}
