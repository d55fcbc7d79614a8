//! The upstream sources of Debian's packages, without Debian's patches.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Apt, Kind, SUITE};
use crate::cache::{Cache, Key};
use crate::tool::output;

/// A source package.
#[derive(Clone, Copy, Debug)]
pub struct SourcePackage<'a>(pub &'a str);

impl SourcePackage<'_> {
    /// The folder with the unpacked source, fetched from this machine's Debian mirror when it is not in the cache.
    ///
    /// # Errors
    /// When this is not a Debian system, or when its mirror cannot be reached.
    pub fn fetch(self, cache: &Cache) -> Result<PathBuf> {
        let key = Key::new().with("suite", SUITE).with("layout", "1").with("package", self.0).finish();
        let folder = cache.make("debian-source", &key, |folder| {
            let state = folder.join("apt");
            let apt = Apt::updated(&state, Kind::Source, SUITE)?;
            let mut download = apt.command("apt-get");
            download.args(["source", "--download-only", "--tar-only"]).arg(self.0).current_dir(folder);
            output(&mut download)?;
            fs::remove_dir_all(state)?;
            let unpacked = folder.join("source");
            fs::create_dir(&unpacked)?;
            // The tarball has one folder, with the version in its name.
            let mut tar = Command::new("tar");
            tar.arg("-xf").arg(tarball(folder)?).arg("--strip-components=1").arg("-C").arg(&unpacked);
            output(&mut tar).map(drop)
        })?;
        Ok(folder.join("source"))
    }
}

/// The upstream tarball among the files of a source package.
fn tarball(folder: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(folder)?;
    let mut files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let found = files.find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.contains(".orig.tar.") && !name.ends_with(".asc")
    });
    found.context("the source package holds no upstream tarball")
}
