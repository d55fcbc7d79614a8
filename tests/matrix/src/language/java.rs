//! Java: our generator, javac, and TeaVM, which compiles classes to WebAssembly's garbage-collected heap.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use onramp_toolchain::{Cache, Key, Tool, java, tool};
use wit_component::{StringEncoding, embed_component_metadata};

use super::{Builder, Gap, Job, Language, digest};

/// The language.
pub struct Java;

/// The program that runs TeaVM.
const COMPILE: &str = include_str!("java/Compile.java");

impl Language for Java {
    fn name(&self) -> &'static str {
        "java"
    }

    fn extension(&self) -> &'static str {
        "java"
    }

    fn profiles(&self) -> &'static [Profile] {
        &[Profile::Gc]
    }

    fn gaps(&self) -> &'static [Gap] {
        &[]
    }

    fn is_partial(&self) -> bool {
        true
    }

    fn set_up(&self, cache: &Cache) -> Result<Box<dyn Builder>> {
        Ok(Box::new(Tools(java::ensure(cache)?)))
    }

    fn can_be_missing(&self) -> bool {
        true
    }
}

struct Tools(java::Java);

impl Builder for Tools {
    fn tools(&self) -> Vec<&Tool> {
        vec![&self.0.javac]
    }

    fn fingerprint(&self) -> Result<String> {
        let key = Key::new()
            .with("javac", &self.0.javac.version)
            .with("teavm", java::TEAVM)
            .with("compile", COMPILE)
            .with("recipe", include_str!("java.rs"));
        Ok(key.finish())
    }

    fn bindings_version(&self, job: &Job) -> Result<String> {
        Ok(digest(&bindings(job)?))
    }

    fn generate_bindings(&self, job: &Job) -> Result<()> {
        let folder = job.folder.join("bindings");
        for (path, source) in bindings(job)?.files.iter() {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&folder))?;
            fs::write(file, source)?;
        }
        Ok(())
    }

    fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
        let (classes, compiler) = (job.folder.join("classes"), job.folder.join("Compile.java"));
        let mut sources = vec![job.support.join("Check.java")];
        sources.extend(job.sources.iter().map(|(_, source)| source.clone()));
        collect(&job.folder.join("bindings"), &mut sources)?;
        let mut javac = Command::new(&self.0.javac.path);
        javac.args(["-encoding", "UTF-8", "-Xlint:all,-options,-auxiliaryclass", "-Werror", "-d"]).arg(&classes);
        tool::output(javac.arg("-cp").arg(self.archives(None)).args(sources))?;
        fs::write(&compiler, COMPILE)?;
        let mut teavm = Command::new(&self.0.java.path);
        teavm.arg("-cp").arg(self.archives(Some(&classes))).arg(&compiler).arg(job.folder).arg("guest.wasm");
        tool::output(&mut teavm)?;
        let file = job.folder.join("guest.wasm");
        let mut module = fs::read(&file)?;
        let (resolve, world) = job.world()?;
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false)?;
        fs::write(&file, module)?;
        Ok(file)
    }
}

impl Tools {
    /// TeaVM's archives, and a folder of classes, as a class path.
    fn archives(&self, classes: Option<&Path>) -> OsString {
        let mut path = self.0.teavm.join("*").into_os_string();
        if let Some(classes) = classes {
            path.push(":");
            path.push(classes);
        }
        path
    }
}

/// Adds all Java files in a folder, and in folders in there.
fn collect(folder: &Path, sources: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))? {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, sources)?,
            false => sources.push(path),
        }
    }
    Ok(())
}

fn bindings(job: &Job) -> Result<Bindings> {
    job.generate(|resolve, world| onramp_bindgen_java::generate(resolve, world, job.profile))
}
