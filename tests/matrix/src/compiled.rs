//! The cache of single compiled functions: compositions with CPython inside differ in little, so most of each is compiled
//! once for all of them.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use onramp_toolchain::Key;
use wasmtime::CacheStore;

/// Compiled functions as files, under the digest that Wasmtime asks for.
#[derive(Debug)]
pub struct Functions {
    folder: PathBuf,
}

impl Functions {
    /// The cache in a folder, which need not exist.
    pub fn new(folder: &Path) -> Self {
        Functions { folder: folder.to_owned() }
    }

    fn file(&self, key: &[u8]) -> PathBuf {
        let name = Key::new().with("function", key).finish();
        let (folder, file) = name.split_at(2);
        self.folder.join(folder).join(file)
    }
}

impl CacheStore for Functions {
    fn get(&self, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        fs::read(self.file(key)).ok().map(Cow::Owned)
    }

    /// A reader must never see half a file: it is written beside its place and then moved there.
    fn insert(&self, key: &[u8], value: Vec<u8>) -> bool {
        let file = self.file(key);
        let Some(folder) = file.parent() else { return false };
        let written = fs::create_dir_all(folder).and_then(|()| {
            let mut draft = tempfile::NamedTempFile::new_in(folder)?;
            std::io::Write::write_all(&mut draft, &value)?;
            Ok(draft.persist(&file)?)
        });
        written.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let functions = Functions::new(&folder.path().join("functions"));
        assert_eq!(functions.get(b"key"), None);
        assert!(functions.insert(b"key", vec![1, 2, 3]) && functions.insert(b"key", vec![1, 2, 3]));
        assert_eq!(functions.get(b"key").as_deref(), Some(&[1, 2, 3][..]));
        assert_eq!(functions.get(b"other"), None);
    }
}
