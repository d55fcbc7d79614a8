//! Open files.

use super::Errno;
use super::tree::{Id, Tree};

/// The first of our file descriptors, which is always open, on the root. Hosts count from 0 up.
pub const FIRST: u32 = 1 << 30;

/// An open file or folder.
#[derive(Clone, Copy)]
pub struct Open {
    /// What it is.
    pub id: Id,
    /// The place in a file that is read next.
    pub offset: u64,
}

/// Open files, by their descriptors.
pub struct Descriptors(Vec<Option<Open>>);

impl Descriptors {
    /// None.
    pub const fn new() -> Self {
        Descriptors(Vec::new())
    }

    /// Opens something: its descriptor.
    pub fn open(&mut self, id: Id) -> u32 {
        let place = self.0.iter().position(Option::is_none).unwrap_or(self.0.len());
        if place == self.0.len() {
            self.0.push(None);
        }
        self.0[place] = Some(Open { id, offset: 0 });
        FIRST + 1 + place as u32
    }

    /// What a descriptor has open; a file is read from it.
    ///
    /// # Errors
    /// When it is not open.
    pub fn get(&mut self, descriptor: u32) -> Result<&mut Open, Errno> {
        self.0.get_mut(place(descriptor)?).and_then(Option::as_mut).ok_or(Errno::BADF)
    }

    /// The file or folder that a descriptor has open.
    ///
    /// # Errors
    /// When it is not open.
    pub fn id(&self, descriptor: u32) -> Result<Id, Errno> {
        if descriptor == FIRST {
            return Ok(Tree::ROOT);
        }
        let open = self.0.get(place(descriptor)?).and_then(Option::as_ref);
        open.map(|open| open.id).ok_or(Errno::BADF)
    }

    /// Closes a descriptor.
    ///
    /// # Errors
    /// When it is not open.
    pub fn close(&mut self, descriptor: u32) -> Result<(), Errno> {
        let open = self.0.get_mut(place(descriptor)?).and_then(Option::take);
        open.map(drop).ok_or(Errno::BADF)
    }
}

fn place(descriptor: u32) -> Result<usize, Errno> {
    descriptor.checked_sub(FIRST + 1).map(|place| place as usize).ok_or(Errno::BADF)
}
