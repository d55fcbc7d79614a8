//! What a sysroot has for those who want their own command line: a pkg-config file and a CMake toolchain file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{LIBRARIES, link_flags};
use crate::sysroot::Sysroot;

/// Writes both files into the sysroot.
///
/// # Errors
/// When a file cannot be written.
pub fn write(sysroot: &Sysroot) -> Result<()> {
    write_file(&sysroot.libraries().join("pkgconfig/onramp-pthread.pc"), &pkg_config(sysroot))?;
    write_file(&sysroot.folder.join("share/cmake/onramp.cmake"), &cmake(sysroot))?;
    // CMake looks here for what it should know of the system that the toolchain file names.
    write_file(
        &sysroot.folder.join("share/cmake/Platform/WASI.cmake"),
        "set(WASI 1)\nset(CMAKE_EXECUTABLE_SUFFIX .wasm)\n",
    )
}

fn write_file(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

fn pkg_config(sysroot: &Sysroot) -> String {
    let compile = sysroot.compile_flags();
    let mut link = link_flags(sysroot);
    link.extend(LIBRARIES.map(str::to_owned));
    format!(
        "Name: onramp-pthread\n\
         Description: POSIX threads for {}, to be compiled and linked with clang\n\
         Version: {}\n\
         Cflags: {}\n\
         Libs: {}\n",
        sysroot.target.triple(),
        env!("CARGO_PKG_VERSION"),
        compile.join(" "),
        link.join(" "),
    )
}

fn cmake(sysroot: &Sysroot) -> String {
    let triple = sysroot.target.triple();
    format!(
        "# cmake -DCMAKE_TOOLCHAIN_FILE=this file; `onramp` has to be on the path or in ONRAMP.\n\
         set(CMAKE_SYSTEM_NAME WASI)\n\
         set(CMAKE_SYSTEM_PROCESSOR wasm32)\n\
         list(APPEND CMAKE_MODULE_PATH \"${{CMAKE_CURRENT_LIST_DIR}}\")\n\
         find_program(ONRAMP onramp REQUIRED)\n\
         set(CMAKE_C_COMPILER ${{ONRAMP}} cc --target={triple})\n\
         set(CMAKE_CXX_COMPILER ${{ONRAMP}} c++ --target={triple})\n\
         set(CMAKE_CROSSCOMPILING_EMULATOR ${{ONRAMP}} run)\n\
         set(CMAKE_FIND_ROOT_PATH \"{}\")\n\
         set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)\n\
         set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)\n\
         set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)\n\
         set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)\n",
        sysroot.folder.display()
    )
}
