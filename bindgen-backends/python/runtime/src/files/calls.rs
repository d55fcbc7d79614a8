//! What WASI's functions do with our files (WASI 0.1, `wasi_snapshot_preview1.witx`).

use super::descriptors::FIRST;
use super::tree::{Entry, Id};
use super::{Errno, Files};

/// `oflags`: create, it must be a folder, it must be new, empty it.
const CREATE: u16 = 1;
const DIRECTORY: u16 = 2;
const EXCLUSIVE: u16 = 4;
const TRUNCATE: u16 = 8;

/// The right to write, which wasi-libc asks for when a file is opened to be written.
const WRITE: u64 = 1 << 6;

/// Kinds of files.
const FOLDER: u8 = 3;
const REGULAR: u8 = 4;

/// The first moment of 2000, as the clock has it while a component is made: the earliest that a ZIP file can be told is 1980.
const MODIFIED: u64 = 946_684_800_000_000_000;

/// The device that the files are on; no host has it.
const DEVICE: u64 = u64::from_le_bytes(*b"onramp\0\0");

/// `fdstat` and `filestat`, as they lie in memory.
pub type Status = [u8; 24];
pub type FileStatus = [u8; 64];

impl Files {
    /// `path_open`: the descriptor.
    pub fn open(&mut self, from: u32, path: &[u8], flags: u16, rights: u64) -> Result<u32, Errno> {
        let from = self.open.id(from)?;
        let id = match self.tree.find(from, path) {
            Ok(_) if flags & CREATE != 0 && flags & EXCLUSIVE != 0 => return Err(Errno::EXIST),
            Err(Errno::NOENT) if flags & CREATE != 0 => return Err(Errno::ROFS),
            found => found?,
        };
        let writes = rights & WRITE != 0 || flags & TRUNCATE != 0;
        match self.tree.entry(id) {
            Entry::Folder(_) if writes => Err(Errno::ISDIR),
            Entry::File(_) if flags & DIRECTORY != 0 => Err(Errno::NOTDIR),
            Entry::File(_) if writes => Err(Errno::ROFS),
            _ => Ok(self.open.open(id)),
        }
    }

    /// The error of whatever would change what is at a path.
    pub fn refuse(&self, from: u32, path: &[u8]) -> Errno {
        match self.open.id(from).and_then(|from| self.tree.find(from, path)) {
            Ok(_) => Errno::ROFS,
            Err(error) => error,
        }
    }

    /// The error of whatever would make something new at a path.
    pub fn refuse_new(&self, from: u32, path: &[u8]) -> Errno {
        match self.refuse(from, path) {
            Errno::ROFS => Errno::EXIST,
            Errno::NOENT => Errno::ROFS,
            other => other,
        }
    }

    /// `fd_fdstat_get`: the kind, and every right: what is not possible says so when it is tried.
    pub fn status(&self, descriptor: u32) -> Result<Status, Errno> {
        let mut status = [0xff; 24];
        status[..8].fill(0);
        status[0] = self.kind(self.open.id(descriptor)?);
        Ok(status)
    }

    /// `fd_filestat_get`.
    pub fn file_status(&self, descriptor: u32) -> Result<FileStatus, Errno> {
        let id = self.open.id(descriptor)?;
        Ok(self.describe(id))
    }

    /// `path_filestat_get`.
    pub fn file_status_at(&self, from: u32, path: &[u8]) -> Result<FileStatus, Errno> {
        let from = self.open.id(from)?;
        Ok(self.describe(self.tree.find(from, path)?))
    }

    fn kind(&self, id: Id) -> u8 {
        match self.tree.entry(id) {
            Entry::File(_) => REGULAR,
            Entry::Folder(_) => FOLDER,
        }
    }

    fn describe(&self, id: Id) -> FileStatus {
        let size = match self.tree.entry(id) {
            Entry::File(content) => content.len() as u64,
            Entry::Folder(_) => 0,
        };
        let mut status = [0; 64];
        let fields = [DEVICE, id.inode(), self.kind(id).into(), 1, size, MODIFIED, MODIFIED, MODIFIED];
        for (place, field) in status.chunks_exact_mut(8).zip(fields) {
            place.copy_from_slice(&field.to_le_bytes());
        }
        status
    }

    /// What a descriptor reads at an offset (by default: where it stands) into buffers; the number of bytes. Without an offset it moves on.
    pub fn read(&mut self, descriptor: u32, at: Option<u64>, into: &mut [&mut [u8]]) -> Result<u32, Errno> {
        if descriptor == FIRST {
            return Err(Errno::ISDIR);
        }
        let open = self.open.get(descriptor)?;
        let Entry::File(content) = self.tree.entry(open.id) else { return Err(Errno::ISDIR) };
        let start = usize::try_from(at.unwrap_or(open.offset)).unwrap_or(usize::MAX).min(content.len());
        let mut rest = &content[start..];
        for buffer in into {
            let (now, later) = rest.split_at(buffer.len().min(rest.len()));
            buffer[..now.len()].copy_from_slice(now);
            rest = later;
        }
        let count = content.len() - start - rest.len();
        if at.is_none() {
            open.offset += count as u64;
        }
        Ok(count as u32)
    }

    /// `fd_seek`: the new place.
    pub fn seek(&mut self, descriptor: u32, by: i64, from: u8) -> Result<u64, Errno> {
        let open = self.open.get(descriptor)?;
        let Entry::File(content) = self.tree.entry(open.id) else { return Err(Errno::ISDIR) };
        let start = match from {
            0 => 0,
            1 => open.offset,
            2 => content.len() as u64,
            _ => return Err(Errno::INVAL),
        };
        open.offset = start.checked_add_signed(by).ok_or(Errno::INVAL)?;
        Ok(open.offset)
    }

    /// `fd_readdir`: fills a buffer with entries (24 bytes and the name, the last one perhaps in part), those from a place on; the number
    /// of bytes.
    pub fn list(&self, descriptor: u32, mut buffer: &mut [u8], from: u64) -> Result<u32, Errno> {
        let id = self.open.id(descriptor)?;
        let Entry::Folder(names) = self.tree.entry(id) else { return Err(Errno::NOTDIR) };
        let size = buffer.len();
        let places = (1u64..).zip(names);
        for (next, (name, id)) in places.skip(usize::try_from(from).unwrap_or(usize::MAX)) {
            let length = (name.len() as u32).to_le_bytes();
            let kind = u32::from(self.kind(*id)).to_le_bytes();
            let entry = [&next.to_le_bytes()[..], &id.inode().to_le_bytes(), &length, &kind, name.as_bytes()].concat();
            let (now, later) = buffer.split_at_mut(entry.len().min(buffer.len()));
            now.copy_from_slice(&entry[..now.len()]);
            buffer = later;
        }
        Ok((size - buffer.len()) as u32)
    }
}
