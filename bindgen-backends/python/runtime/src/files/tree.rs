//! Folders and files.

use std::collections::BTreeMap;

use super::Errno;

/// A file or folder, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(usize);

impl Id {
    /// The number that tells files apart.
    pub fn inode(self) -> u64 {
        self.0 as u64 + 1
    }
}

/// What is at a path.
pub enum Entry {
    /// A file with its content.
    File(&'static [u8]),
    /// A folder.
    Folder(BTreeMap<String, Id>),
}

/// The root that is not there. Its descriptor is a number that a program may have guessed.
static NO_ROOT: Entry = Entry::Folder(BTreeMap::new());

/// All files, and the folders that they are in. As long as there are no files, there is no root.
pub struct Tree(Vec<Entry>);

impl Tree {
    /// Nothing.
    pub const fn new() -> Self {
        Tree(Vec::new())
    }

    /// The folder that everything is in.
    pub const ROOT: Id = Id(0);

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What an entry is.
    pub fn entry(&self, id: Id) -> &Entry {
        self.0.get(id.0).unwrap_or(&NO_ROOT)
    }

    /// Adds a file, and the folders that it is in. What is there already stays.
    pub fn add(&mut self, path: &str, content: &'static [u8]) {
        if self.is_empty() {
            self.0.push(Entry::Folder(BTreeMap::new()));
        }
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut folder = Tree::ROOT;
        for part in folders.split('/').filter(|part| !part.is_empty()) {
            folder = self.inside(folder, part, || Entry::Folder(BTreeMap::new()));
        }
        self.inside(folder, name, || Entry::File(content));
    }

    /// What a folder has by a name, made when it has nothing. What is in a file is that file.
    fn inside(&mut self, folder: Id, name: &str, make: impl FnOnce() -> Entry) -> Id {
        let new = Id(self.0.len());
        let Entry::Folder(names) = &mut self.0[folder.0] else { return folder };
        if let Some(id) = names.get(name) {
            return *id;
        }
        names.insert(name.to_owned(), new);
        self.0.push(make());
        new
    }

    /// The entry at a path that is seen from a folder.
    ///
    /// # Errors
    /// As POSIX has them: something is missing or no folder. WASI has one for what is above the first folder.
    pub fn find(&self, from: Id, path: &[u8]) -> Result<Id, Errno> {
        let path = std::str::from_utf8(path).map_err(|_| Errno::NOENT)?;
        let (mut here, mut above) = (from, Vec::new());
        for part in path.split('/') {
            let Entry::Folder(names) = self.entry(here) else { return Err(Errno::NOTDIR) };
            match part {
                "" | "." => {}
                ".." => here = above.pop().ok_or(Errno::NOTCAPABLE)?,
                name => {
                    above.push(here);
                    here = *names.get(name).ok_or(Errno::NOENT)?;
                }
            }
        }
        Ok(here)
    }
}
