//! What a compiler's command line asks for, as far as the driver has to know.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::target::Target;

/// Options whose value is the next argument.
const WITH_VALUE: &[&str] = &[
    "-x",
    "-I",
    "-L",
    "-D",
    "-U",
    "-T",
    "-u",
    "-z",
    "-e",
    "-l",
    "-B",
    "-F",
    "-MF",
    "-MT",
    "-MQ",
    "-include",
    "-imacros",
    "-isystem",
    "-iquote",
    "-idirafter",
    "-iprefix",
    "-iwithprefix",
    "-isysroot",
    "--sysroot",
    "-Xclang",
    "-Xlinker",
    "-Xassembler",
    "-Xpreprocessor",
    "-mllvm",
    "-resource-dir",
    "-dumpbase",
    "-dumpdir",
    "--param",
    "-arch",
];

/// Options that end the work before linking.
const NO_LINK: &[&str] = &[
    "-c",
    "-S",
    "-E",
    "-M",
    "-MM",
    "-fsyntax-only",
    "--precompile",
    "--version",
    "--help",
    "-dumpmachine",
    "-dumpversion",
    "-cc1",
    "-cc1as",
];

/// A command line that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The target.
    pub target: Target,
    /// What is linked.
    pub link: Link,
    /// The file that is written.
    pub output: PathBuf,
    /// What is done to the linked program.
    pub finish: Finish,
    /// True when only the sysroot's place is asked for (GCC's option).
    pub print_sysroot: bool,
    /// The arguments for clang.
    pub arguments: Vec<OsString>,
}

/// What is done to a linked program, from little to much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finish {
    /// Nothing: there is none.
    Nothing,
    /// What it needs to run (`-fno-stack-check`).
    Unguarded,
    /// And it is made to notice that a stack overflows.
    Guarded,
}

/// What is linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nothing.
    Nothing,
    /// Objects, into another object.
    Object,
    /// A program, without any library but those that the line names.
    Bare,
    /// A program.
    Program,
}

impl Line {
    /// Looks at a command line.
    ///
    /// # Errors
    /// When it asks for what wasm components do not have: another target, a shared library.
    pub fn parse(arguments: Vec<OsString>) -> Result<Self> {
        let mut line = Line {
            target: Target::default(),
            link: Link::Program,
            output: PathBuf::from("a.out"),
            finish: Finish::Guarded,
            print_sysroot: false,
            arguments: Vec::new(),
        };
        let mut inputs = false;
        let mut rest = arguments.into_iter();
        while let Some(argument) = rest.next() {
            match argument.to_str().unwrap_or_default() {
                // clang would ask for atomics and shared memory, which these threads do without.
                "-pthread" | "-pthreads" => continue,
                "-fno-stack-check" => {
                    line.finish = line.finish.min(Finish::Unguarded);
                    continue;
                }
                // Nothing is run, so there is no output either.
                "-###" => line.finish = Finish::Nothing,
                "-o" => {
                    let file = rest.next().context("`-o` is followed by a file")?;
                    line.output = PathBuf::from(&file);
                    line.arguments.extend([argument, file]);
                    continue;
                }
                "-print-sysroot" | "--print-sysroot" => line.print_sysroot = true,
                "-shared" | "--shared" | "-Wl,-shared" | "-Wl,--shared" => bail!(
                    "a component has no shared libraries: instead of linking with `-shared`, archive the objects (`ar rcs`)"
                ),
                "-target" => {
                    let name = rest.next().context("`-target` is followed by a target")?;
                    line.target = Target::named(&name.to_string_lossy())?;
                    continue;
                }
                "-r" | "--relocatable" | "-Wl,-r" | "-Wl,--relocatable" => line.link = line.link.min(Link::Object),
                "-nostdlib" | "-nodefaultlibs" => line.link = line.link.min(Link::Bare),
                option if NO_LINK.contains(&option) || option.starts_with("-print-") => line.link = Link::Nothing,
                option if WITH_VALUE.contains(&option) => {
                    line.arguments.push(argument);
                    line.arguments.extend(rest.next());
                    continue;
                }
                option => {
                    if let Some(name) = option.strip_prefix("--target=") {
                        line.target = Target::named(name)?;
                        continue;
                    }
                    if let Some(file) = option.strip_prefix("-o").filter(|file| !file.is_empty()) {
                        line.output = PathBuf::from(file);
                    }
                    inputs |= is_input(&argument);
                }
            }
            line.arguments.push(argument);
        }
        if !inputs {
            line.link = Link::Nothing;
        }
        Ok(line)
    }
}

impl Link {
    /// The one of both that links less.
    fn min(self, other: Link) -> Link {
        let rank = |link| match link {
            Link::Nothing => 0,
            Link::Object => 1,
            Link::Bare => 2,
            Link::Program => 3,
        };
        if rank(other) < rank(self) { other } else { self }
    }
}

/// Files, standard input (`-`), and files of arguments.
fn is_input(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes == b"-" || !bytes.starts_with(b"-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Line {
        Line::parse(text.split_whitespace().map(OsString::from).collect()).unwrap()
    }

    #[test]
    fn what_is_linked() {
        for (link, lines) in [
            (Link::Program, ["a.c -o a", "a.o -lm", "-x c - -o a", "-O2 @arguments", "--target=wasm32-wasip1 a.o"]),
            (Link::Nothing, ["-c a.c", "-E -", "--version", "-v", "-o a -I include"]),
            (Link::Nothing, ["-print-search-dirs a.c", "-MM a.c", "-S -c a.c", "-r -c a.c", "-nostdlib -S a.c"]),
            (
                Link::Object,
                ["-r a.o b.o -o c.o", "-Wl,-r a.o", "-nostdlib -r a.o", "-r -nostdlib a.o", "--relocatable a.o"],
            ),
            (
                Link::Bare,
                [
                    "-nostdlib a.o",
                    "-nodefaultlibs a.o",
                    "a.o -nostdlib -lc",
                    "-nostdlib -nodefaultlibs a.c",
                    "-nostdlib -",
                ],
            ),
        ] {
            for line in lines {
                assert_eq!(parse(line).link, link, "{line}");
            }
        }
    }

    #[test]
    fn targets_are_taken_out_and_the_last_counts() {
        for (text, target) in [
            ("a.c", Target::Wasip2),
            ("--target=wasm32-wasip1 a.c", Target::Wasip1),
            ("-target wasm32-wasi a.c", Target::Wasip1),
            ("--target=wasm32-wasip1 a.c --target=wasm32-wasip2", Target::Wasip2),
        ] {
            let line = parse(text);
            assert_eq!((line.target, line.arguments), (target, vec![OsString::from("a.c")]), "{text}");
        }
    }

    #[test]
    fn pthread_asks_for_nothing_more() {
        assert_eq!(parse("-pthread a.c -lpthread").arguments, ["a.c", "-lpthread"]);
        // Not the option: the name of a file, a value.
        assert_eq!(parse("-o -pthread a.c").arguments, ["-o", "-pthread", "a.c"]);
    }

    #[test]
    fn the_output_is_known() {
        for (text, output, finish) in [
            ("a.c", "a.out", Finish::Guarded),
            ("a.c -o b.wasm", "b.wasm", Finish::Guarded),
            ("-ob.wasm a.c", "b.wasm", Finish::Guarded),
            ("-O2 -fno-stack-check a.c", "a.out", Finish::Unguarded),
            ("-### -fno-stack-check a.c", "a.out", Finish::Nothing),
        ] {
            let line = parse(text);
            assert_eq!((line.output, line.finish), (PathBuf::from(output), finish), "{text}");
        }
    }

    #[test]
    fn what_wasm_lacks_is_refused() {
        for (text, expected) in [
            ("-shared a.o", "no shared libraries"),
            ("--target=wasm64-wasi a.c", "no target `wasm64-wasi` with threads"),
            ("a.c -target", "followed by a target"),
            ("a.c -o", "followed by a file"),
        ] {
            let error = Line::parse(text.split(' ').map(OsString::from).collect()).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
