//! How the cache stays small: what was not used for the longest time goes, once everything is larger than a limit.

use std::env;
use std::fs::{self, DirEntry, File, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use super::{COMPLETE, Cache, USERS, lock_file, lock_path};

/// The variable that names the limit.
const LIMIT: &str = "ONRAMP_CACHE_LIMIT";
/// The limit where nobody names one. What one whole `cargo xtask test` makes fits twice.
const DEFAULT: Size = Size::gigabytes(24);

/// Kinds of entries that are made again from what is on the machine. What was fetched stays: a later run needs no network.
const MADE: [&str; 12] = [
    "acceptance-codegen",
    "acceptance-guests",
    "components",
    "compositions",
    "gaps",
    "guests",
    "programs",
    "python-native",
    "python-programs",
    "python-runtime",
    "threaded",
    "threads",
];
/// Folders in which each file stands for itself: Wasmtime's compiled code.
const FILES: [&str; 1] = ["compiled"];

/// The space that files take on the disk, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(u64);

/// How large the cache may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(Option<Size>);

/// What a look at the cache found and did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// What all that can be made again took before.
    pub before: Size,
    /// What was removed of it.
    pub removed: Size,
}

/// Something that can be removed by itself.
struct Item {
    path: PathBuf,
    size: Size,
    used: SystemTime,
}

impl Size {
    const fn gigabytes(count: u64) -> Self {
        Size(count * 1_000_000_000)
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{} GB", self.0 / 1_000_000_000, self.0 / 100_000_000 % 10)
    }
}

impl std::fmt::Display for Trimmed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Trimmed { before, removed } = self;
        write!(
            f,
            "the cache had {before}: removed {removed} that was unused for the longest time ({LIMIT} names the limit)"
        )
    }
}

impl Limit {
    /// The limit that `ONRAMP_CACHE_LIMIT` names in gigabytes (0: none), else 24 GB.
    ///
    /// # Errors
    /// When the variable is no whole number.
    pub fn from_environment() -> Result<Self> {
        match env::var_os(LIMIT).filter(|value| !value.is_empty()) {
            None => Ok(Limit(Some(DEFAULT))),
            Some(value) => Limit::parse(&value.to_string_lossy()),
        }
    }

    fn parse(text: &str) -> Result<Self> {
        match text.parse() {
            Ok(0) => Ok(Limit(None)),
            Ok(count) if count < u64::MAX / 1_000_000_000 => Ok(Limit(Some(Size::gigabytes(count)))),
            _ => bail!("{LIMIT} is `{text}`: it is a whole number of gigabytes, or 0 for no limit"),
        }
    }
}

impl Cache {
    /// Removes what was not used for the longest time until three quarters of the limit are left, when there is more than
    /// the limit. A look takes seconds in a large cache, so within `interval` of the last look for this limit this does nothing.
    ///
    /// Gives `None` when nothing was looked at: for that reason, or because another run uses the cache.
    ///
    /// # Errors
    /// When the cache cannot be read, or something in it cannot be removed.
    pub fn trim(self, limit: Limit, interval: Duration) -> Result<Option<Trimmed>> {
        let Limit(Some(limit)) = limit else { return Ok(None) };
        let root = self.root.clone();
        let mut users = lock_file(&root, USERS)?;
        // Ours is one of the locks that say that somebody uses the cache.
        drop(self);
        match users.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error).context("cannot lock the cache"),
        }
        // The file has the limit of the last look in it, and its time.
        let looked = format!("looked for more than {limit}\n");
        let is_recent = users.metadata()?.modified()?.elapsed().is_ok_and(|since| since < interval);
        if is_recent && fs::read_to_string(lock_path(&root, USERS))? == looked {
            return Ok(None);
        }
        users.set_len(0)?;
        users.write_all(looked.as_bytes())?;
        remove(items(&root)?, limit).map(Some)
    }
}

/// Removes the items that were not used for the longest time, when all are larger than the limit.
fn remove(mut items: Vec<Item>, limit: Size) -> Result<Trimmed> {
    let before = Size(items.iter().map(|item| item.size.0).sum());
    let mut removed = Size::default();
    if before <= limit {
        return Ok(Trimmed { before, removed });
    }
    items.sort_by_key(|item| item.used);
    for item in items {
        if before.0 - removed.0 <= limit.0 / 4 * 3 {
            break;
        }
        let gone = if item.path.is_dir() { fs::remove_dir_all(&item.path) } else { fs::remove_file(&item.path) };
        gone.with_context(|| format!("cannot remove `{}`", item.path.display()))?;
        removed.0 += item.size.0;
    }
    Ok(Trimmed { before, removed })
}

fn items(root: &Path) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for kind in MADE {
        for entry in children(&root.join(kind))? {
            items.push(entry_of(entry.path())?);
        }
    }
    for folder in FILES {
        each_file(&root.join(folder), &mut |file| items.push(file))?;
    }
    Ok(items)
}

/// An entry: used when its mark was touched last. One that is not whole has no mark, and is as old as its folder.
fn entry_of(path: PathBuf) -> Result<Item> {
    let used = fs::metadata(path.join(COMPLETE)).or_else(|_| fs::metadata(&path))?.modified()?;
    let mut size = Size::default();
    each_file(&path, &mut |file| size.0 += file.size.0)?;
    Ok(Item { path, size, used })
}

/// Calls back with each file below a folder. Readers leave their time on it, on most file systems once a day.
fn each_file(folder: &Path, found: &mut impl FnMut(Item)) -> Result<()> {
    for child in children(folder)? {
        let metadata = child.metadata()?;
        if metadata.is_dir() {
            each_file(&child.path(), found)?;
            continue;
        }
        let modified = metadata.modified()?;
        let used = metadata.accessed().map_or(modified, |accessed| accessed.max(modified));
        // As POSIX counts blocks (sys/stat.h).
        found(Item { path: child.path(), size: Size(metadata.blocks() * 512), used });
    }
    Ok(())
}

/// What is in a folder; nothing when there is none.
fn children(folder: &Path) -> Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Ok(children) => children.collect::<Result<_, _>>(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
    .with_context(|| format!("cannot read `{}`", folder.display()))
}

/// Says that something was used now. Not worth an error: it is kept for a shorter time then.
pub(super) fn touch(file: &Path) {
    let _ = File::options().append(true).open(file).and_then(|file| file.set_modified(SystemTime::now()));
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALWAYS: Duration = Duration::ZERO;

    /// A cache with three entries of 40 KB, made an hour after each other, and a file of compiled code as old as the second.
    fn filled() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        for (index, key) in ["first", "second", "third"].into_iter().enumerate() {
            let entry =
                cache.make("guests", key, |folder| Ok(fs::write(folder.join("content"), [1; 40_000])?)).unwrap();
            age(&entry.join(COMPLETE), 10 - index as u64);
        }
        let compiled = cache.folder("compiled/functions");
        fs::create_dir_all(&compiled).unwrap();
        fs::write(compiled.join("one"), [1; 40_000]).unwrap();
        age(&compiled.join("one"), 9);
        cache.make("debian", "tools", |folder| Ok(fs::write(folder.join("content"), [1; 400_000])?)).unwrap();
        (folder, cache)
    }

    fn age(file: &Path, hours: u64) {
        let then = SystemTime::now() - Duration::from_secs(hours * 3600);
        let times = fs::FileTimes::new().set_accessed(then).set_modified(then);
        File::options().append(true).open(file).unwrap().set_times(times).unwrap();
    }

    fn there(root: &Path) -> Vec<&'static str> {
        let all = ["guests/first", "guests/second", "guests/third", "compiled/functions/one", "debian/tools"];
        all.into_iter().filter(|path| root.join(path).exists()).collect()
    }

    #[test]
    fn what_is_within_the_limit_stays() {
        let (folder, cache) = filled();
        let trimmed = cache.trim(Limit(Some(Size(1_000_000))), ALWAYS).unwrap().unwrap();
        assert!(trimmed.before >= Size(160_000) && trimmed.removed == Size(0), "{trimmed:?}");
        assert_eq!(there(folder.path()).len(), 5);
    }

    #[test]
    fn the_longest_unused_goes_first_and_what_was_fetched_stays() {
        let (folder, cache) = filled();
        // A use renews.
        assert!(cache.get("guests", "first").is_some());
        cache.trim(Limit(Some(Size(120_000))), ALWAYS).unwrap().unwrap();
        assert_eq!(there(folder.path()), ["guests/first", "guests/third", "debian/tools"]);
    }

    #[test]
    fn nothing_goes_while_another_run_uses_the_cache() {
        let (folder, cache) = filled();
        let other = Cache::at(folder.path()).unwrap();
        assert_eq!(cache.trim(Limit(Some(Size(1))), ALWAYS).unwrap(), None);
        assert_eq!(there(folder.path()).len(), 5);
        assert!(other.trim(Limit(Some(Size(1))), ALWAYS).unwrap().is_some());
        assert_eq!(there(folder.path()), ["debian/tools"]);
    }

    #[test]
    fn a_second_look_waits() {
        let (folder, cache) = filled();
        assert!(cache.trim(Limit(Some(Size(1_000_000))), Duration::from_secs(3600)).unwrap().is_some());
        let again = Cache::at(folder.path()).unwrap();
        assert_eq!(again.trim(Limit(Some(Size(1_000_000))), Duration::from_secs(3600)).unwrap(), None);
        // Unless it is for another limit.
        let smaller = Cache::at(folder.path()).unwrap();
        let trimmed = smaller.trim(Limit(Some(Size::gigabytes(1))), Duration::from_secs(3600)).unwrap();
        assert!(trimmed.is_some());
        let unlimited = Cache::at(folder.path()).unwrap();
        assert_eq!(unlimited.trim(Limit::parse("0").unwrap(), ALWAYS).unwrap(), None);
    }

    #[test]
    fn a_limit_is_a_number_of_gigabytes() {
        assert_eq!(Limit::parse("7").unwrap(), Limit(Some(Size::gigabytes(7))));
        for wrong in ["a lot", "-1", "1.5", "99999999999999999999", "18446744073709551615"] {
            let error = Limit::parse(wrong).unwrap_err().to_string();
            assert!(error.contains("ONRAMP_CACHE_LIMIT") && error.contains(wrong), "{error}");
        }
    }
}
