//! Tells the macro where its option `debug` may write.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if let Ok(folder) = std::env::var("OUT_DIR") {
        println!("cargo:rustc-env=DEBUG_FOLDER={folder}");
    }
}
