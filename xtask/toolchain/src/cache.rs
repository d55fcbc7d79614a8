//! The cache: one folder outside the checkout, keyed by content, safe to delete at any time that no run uses it.

mod trim;

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

pub use trim::{Limit, Size, Trimmed};

/// A file in an entry that says that the entry is whole. An interrupted run leaves none.
const COMPLETE: &str = ".complete";

/// The file that everybody who uses the cache has a shared lock on.
const USERS: &str = "users";

/// The cache folder.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
    /// Keeps what is in the cache from being removed.
    _in_use: Arc<File>,
}

impl Cache {
    /// Opens the cache: `ONRAMP_CACHE`, else `onramp` in `XDG_CACHE_HOME` or in the home folder's `.cache`.
    ///
    /// # Errors
    /// When no folder can be told, or when the folder cannot be created or written.
    pub fn open() -> Result<Self> {
        let from = |variable: &str| env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = from("ONRAMP_CACHE")
            .or_else(|| from("XDG_CACHE_HOME").map(|folder| folder.join("onramp")))
            .or_else(|| from("HOME").map(|folder| folder.join(".cache/onramp")));
        match root {
            Some(root) => Cache::at(root),
            None => bail!("no folder for the cache: set ONRAMP_CACHE to one that can be written"),
        }
    }

    /// Opens the cache in this folder.
    ///
    /// # Errors
    /// When the folder cannot be created or written.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self> {
        let root = std::path::absolute(root.into())?;
        let writable = fs::create_dir_all(&root).and_then(|()| tempfile::tempfile_in(&root));
        writable.with_context(|| {
            format!("the cache folder `{}` cannot be written: set ONRAMP_CACHE to one that can", root.display())
        })?;
        let in_use = lock_file(&root, USERS)?;
        in_use.lock_shared().with_context(|| format!("cannot lock the cache folder `{}`", root.display()))?;
        Ok(Cache { root, _in_use: Arc::new(in_use) })
    }

    /// The cache folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A folder of the cache that is no entry: something that looks after its own content lives there.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder of an entry, when it is there and whole.
    pub fn get(&self, kind: &str, key: &str) -> Option<PathBuf> {
        let folder = self.root.join(kind).join(key);
        let mark = folder.join(COMPLETE);
        mark.exists().then(|| {
            trim::touch(&mark);
            folder
        })
    }

    /// The folder of an entry, which `fill` makes when it is not there. `fill` gets the (empty) folder itself.
    ///
    /// Runs that want the same entry at once wait for the first of them. When `fill` fails or is interrupted, the entry
    /// counts as not there, and the next run starts it anew.
    ///
    /// # Errors
    /// What `fill` returns, or that the folder cannot be written.
    pub fn make(&self, kind: &str, key: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        if let Some(folder) = self.get(kind, key) {
            return Ok(folder);
        }
        let _lock = self.lock(&format!("{kind}-{key}"))?;
        if let Some(folder) = self.get(kind, key) {
            return Ok(folder);
        }
        let folder = self.root.join(kind).join(key);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot clear `{}`", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
        fill(&folder)?;
        File::create(folder.join(COMPLETE))?;
        Ok(folder)
    }

    /// Waits until no other process holds the lock of this name, and takes it until the file is dropped.
    ///
    /// # Errors
    /// When the cache cannot be written or locked.
    pub fn lock(&self, name: &str) -> Result<File> {
        let file = lock_file(&self.root, name)?;
        file.lock().with_context(|| format!("cannot lock `{name}` in `{}`", self.root.display()))?;
        Ok(file)
    }
}

/// Where the file of a lock is.
fn lock_path(root: &Path, name: &str) -> PathBuf {
    root.join("locks").join(name)
}

/// The file of a lock.
fn lock_file(root: &Path, name: &str) -> Result<File> {
    let path = lock_path(root, name);
    fs::create_dir_all(root.join("locks"))?;
    let file = File::options().append(true).create(true).open(&path);
    file.with_context(|| format!("cannot create the lock `{}`", path.display()))
}

/// A key of the cache: a digest of everything that what it stands for was made from.
#[derive(Clone, Default)]
pub struct Key(Sha256);

impl Key {
    /// A key of nothing yet.
    pub fn new() -> Self {
        Key::default()
    }

    /// Adds a named part. Parts are delimited, so that no two sequences of parts give the same key.
    pub fn with(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref();
        self.0.update((name.len() as u64).to_le_bytes());
        self.0.update(name);
        self.0.update((content.len() as u64).to_le_bytes());
        self.0.update(content);
        self
    }

    /// The key as 32 hexadecimal digits.
    pub fn finish(self) -> String {
        self.0.finalize()[..16].iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        (folder, cache)
    }

    #[test]
    fn an_entry_is_made_once() {
        let (_folder, cache) = cache();
        for _ in 0..2 {
            let mut made = 0;
            let entry = cache.make("kind", "key", |folder| {
                made += 1;
                Ok(fs::write(folder.join("file"), "content")?)
            });
            assert_eq!(fs::read_to_string(entry.unwrap().join("file")).unwrap(), "content");
            assert!(made <= 1);
        }
        let again = cache.make("kind", "key", |_| bail!("made twice"));
        assert!(again.is_ok());
    }

    #[test]
    fn an_interrupted_entry_starts_anew() {
        let (_folder, cache) = cache();
        let first = cache.make("kind", "key", |folder| {
            fs::write(folder.join("half"), "")?;
            bail!("interrupted")
        });
        assert!(first.is_err());
        assert_eq!(cache.get("kind", "key"), None);
        let second = cache.make("kind", "key", |folder| {
            assert!(!folder.join("half").exists());
            Ok(())
        });
        assert!(second.is_ok());
    }

    #[test]
    fn runs_at_once_make_an_entry_once() {
        let (_folder, cache) = cache();
        let made = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let entry = cache.make("kind", "key", |folder| {
                        made.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        std::thread::sleep(std::time::Duration::from_millis(20));
                        Ok(fs::write(folder.join("file"), "whole")?)
                    });
                    assert_eq!(fs::read_to_string(entry.unwrap().join("file")).unwrap(), "whole");
                });
            }
        });
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let (folder, _) = cache();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = format!("{:#}", Cache::at(file.join("cache")).unwrap_err());
        assert!(error.contains("file/cache") && error.contains("ONRAMP_CACHE"), "{error}");
    }

    #[test]
    fn keys_delimit_their_parts() {
        let key =
            |parts: &[(&str, &str)]| parts.iter().fold(Key::new(), |key, (name, part)| key.with(name, part)).finish();
        assert_ne!(key(&[("a", "bc")]), key(&[("ab", "c")]));
        assert_ne!(key(&[("a", "b"), ("c", "")]), key(&[("a", "b")]));
        assert_eq!(key(&[("a", "b")]), key(&[("a", "b")]));
    }
}
