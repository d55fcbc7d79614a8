//! Files that were generated: written, or compared with those on disk.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use similar::TextDiff;

use crate::say;

/// A file that was generated.
pub struct Output<'a> {
    path: PathBuf,
    contents: &'a [u8],
}

impl<'a> Output<'a> {
    /// A file in a folder.
    pub fn new(folder: &Path, name: &str, contents: &'a [u8]) -> Self {
        let path = if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) };
        Output { path, contents }
    }

    /// Writes it, unless it is there already: what is built from it need not be built again. Its folder is made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self) -> Result<()> {
        if self.on_disk()?.as_deref() == Some(self.contents) {
            return Ok(());
        }
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        self.replace().with_context(|| format!("cannot write `{}`", self.path.display()))
    }

    /// Puts it there at once: several builds may write the header that C bindings share, while others read it.
    fn replace(&self) -> std::io::Result<()> {
        let mut new = self.path.clone().into_os_string();
        new.push(format!(".{}", std::process::id()));
        let replaced = fs::write(&new, self.contents).and_then(|()| fs::rename(&new, &self.path));
        if replaced.is_err() {
            let _ = fs::remove_file(&new);
        }
        replaced
    }

    /// What is there by its name; `None`: nothing.
    fn on_disk(&self) -> Result<Option<Vec<u8>>> {
        match fs::read(&self.path) {
            Ok(contents) => Ok(Some(contents)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", self.path.display())),
        }
    }

    /// How what is on disk differs, for people; `None`: it does not.
    fn difference(&self) -> Result<Option<String>> {
        let path = self.path.display();
        let Some(found) = self.on_disk()? else { return Ok(Some(format!("{path}: it is not there\n"))) };
        if found == self.contents {
            return Ok(None);
        }
        Ok(Some(match (str::from_utf8(&found), str::from_utf8(self.contents)) {
            (Ok(old), Ok(new)) if old.lines().eq(new.lines()) => format!("{path}: only the ends of lines differ\n"),
            (Ok(old), Ok(new)) => {
                let diff = TextDiff::from_lines(old, new);
                let (old, new) = (format!("{path} (on disk)"), format!("{path} (generated)"));
                diff.unified_diff().header(&old, &new).to_string()
            }
            (Err(_), _) | (_, Err(_)) => {
                format!("{path}: {} bytes are there, and {} others are generated\n", found.len(), self.contents.len())
            }
        }))
    }
}

/// Compares files with those on disk, and prints the differences.
///
/// # Errors
/// When there are some.
pub fn check(files: &[Output]) -> Result<()> {
    let mut differ = Vec::new();
    for file in files {
        if let Some(difference) = file.difference()? {
            say(difference);
            differ.push(format!("`{}`", file.path.display()));
        }
    }
    match &differ[..] {
        [] => Ok(()),
        [file] => bail!("{file} is not what is generated; the same command without `--check` writes it"),
        files => {
            bail!("{} are not what is generated; the same command without `--check` writes them", files.join(", "))
        }
    }
}
