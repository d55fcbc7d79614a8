//! What a toolchain's libc++ may lack: threads and exceptions.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::sysroot::link_entries;

/// The header in which libc++ says what it was built with.
const CONFIG: &str = "__config_site";

/// What it says of threads when it has none, and what our libraries make true.
type Threads = [(&'static str, &'static str); 2];

/// The form of LLVM 20 and newer, and the one before.
const THREADS: [Threads; 2] = [
    [
        ("#define _LIBCPP_HAS_THREADS 0", "#define _LIBCPP_HAS_THREADS 1"),
        ("#define _LIBCPP_HAS_THREAD_API_PTHREAD 0", "#define _LIBCPP_HAS_THREAD_API_PTHREAD 1"),
    ],
    [
        ("#define _LIBCPP_HAS_NO_THREADS", "/* #undef _LIBCPP_HAS_NO_THREADS */"),
        ("/* #undef _LIBCPP_HAS_THREAD_API_PTHREAD */", "#define _LIBCPP_HAS_THREAD_API_PTHREAD"),
    ],
];

/// Links to the headers of libc++ in `from`, of which the folder `to` gets another configuration if they lack threads. True then.
///
/// # Errors
/// When the folder cannot be written.
pub fn link_headers(from: &Path, to: &Path) -> Result<bool> {
    link_entries(from, to, |_| true)?;
    let config = to.join(CONFIG);
    let text = fs::read_to_string(&config).unwrap_or_default();
    let Some(text) = with_threads(&text) else { return Ok(false) };
    fs::remove_file(&config)?;
    fs::write(&config, text).with_context(|| format!("cannot write `{}`", config.display()))?;
    Ok(true)
}

/// The text with threads, if it says that there are none.
fn with_threads(text: &str) -> Option<String> {
    let lacks = |form: &&Threads| form.iter().all(|(without, _)| text.lines().any(|line| line == *without));
    let form = THREADS.iter().find(lacks)?;
    Some(form.iter().fold(text.to_owned(), |text, (without, with)| text.replace(without, with)))
}

/// True when the archive of libc++abi, if there is one, does not define `__cxa_throw`. (In a symbol table, a name's length stands
/// before it.)
pub fn lacks_throw(archive: &Path) -> bool {
    const NAME: &[u8] = b"\x0b__cxa_throw";
    fs::read(archive).is_ok_and(|bytes| !bytes.windows(NAME.len()).any(|part| part == NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_put_where_there_are_none() {
        for (without, with) in [
            (
                "#define _LIBCPP_HAS_THREADS 0\n#define A 0\n#define _LIBCPP_HAS_THREAD_API_PTHREAD 0\n",
                "#define _LIBCPP_HAS_THREADS 1\n#define A 0\n#define _LIBCPP_HAS_THREAD_API_PTHREAD 1\n",
            ),
            (
                "#define _LIBCPP_HAS_NO_THREADS\n/* #undef _LIBCPP_HAS_THREAD_API_PTHREAD */\n",
                "/* #undef _LIBCPP_HAS_NO_THREADS */\n#define _LIBCPP_HAS_THREAD_API_PTHREAD\n",
            ),
        ] {
            assert_eq!(with_threads(without).as_deref(), Some(with));
            assert_eq!(with_threads(with), None);
        }
        assert_eq!(with_threads(""), None);
    }

    #[test]
    fn a_longer_name_is_not_the_one() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("libc++abi.a");
        assert!(!lacks_throw(&archive));
        fs::write(&archive, b"..\x20__cxa_throw_bad_array_new_length..").unwrap();
        assert!(lacks_throw(&archive));
        fs::write(&archive, b"..\x0b__cxa_throw..").unwrap();
        assert!(!lacks_throw(&archive));
    }
}
