//! Finds the scheduler's archive: in the folder that `ONRAMP_COOP_LIB` names, or where `onramp cc` keeps it.

use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=ONRAMP_COOP_LIB");
    println!("cargo:rerun-if-env-changed=ONRAMP");
    let target = env::var("TARGET").expect("cargo sets TARGET");
    if !matches!(target.as_str(), "wasm32-wasip1" | "wasm32-wasip2") {
        println!("cargo:warning=coop-threads is for wasm32-wasip1 and wasm32-wasip2, not for {target}");
        return;
    }
    let folder = env::var_os("ONRAMP_COOP_LIB").map(PathBuf::from).unwrap_or_else(|| from_onramp(&target));
    println!("cargo:rustc-link-search=native={}", folder.display());
    println!("cargo:rustc-link-lib=static=onramp-coop");
}

/// Asks `onramp` (or what `ONRAMP` names) for its sysroot of this target.
fn from_onramp(target: &str) -> PathBuf {
    let onramp = env::var_os("ONRAMP").unwrap_or_else(|| "onramp".into());
    let output = Command::new(&onramp).args(["cc", &format!("--target={target}"), "-print-sysroot"]).output();
    match output {
        Ok(output) if output.status.success() => {
            let sysroot = String::from_utf8_lossy(&output.stdout);
            PathBuf::from(sysroot.trim()).join("lib").join(target)
        }
        _ => panic!(
            "libonramp-coop.a was not found: put `onramp` on the path, name the program in ONRAMP, \
             or name the archive's folder in ONRAMP_COOP_LIB"
        ),
    }
}
