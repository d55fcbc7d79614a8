//! Java for guests of the GC ABI: a JDK, and TeaVM, which compiles Java's classes to WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cache::Cache;
use crate::tool::{Origin, Tool, is_program, on_path, output};

/// The version of TeaVM that guests are compiled with.
pub const TEAVM: &str = "0.15.0";

/// The oldest Java that guests are written in: with records, and sealed interfaces.
const OLDEST: u32 = 17;

/// The variable that names a JDK.
const HOME: &str = "JAVA_HOME";

/// A JDK and TeaVM.
#[derive(Clone, Debug)]
pub struct Java {
    /// Runs Java's classes.
    pub java: Tool,
    /// Compiles Java.
    pub javac: Tool,
    /// The folder with TeaVM's archives.
    pub teavm: PathBuf,
}

/// The user's JDK, and TeaVM if it was fetched before.
pub fn find(cache: &Cache) -> Option<Java> {
    let teavm = cache.get("teavm", TEAVM)?.join("lib");
    Some(Java { java: program("java").ok()?, javac: program("javac").ok()?, teavm })
}

/// As [`find`], and fetches TeaVM with Maven when it is missing.
///
/// # Errors
/// When there is no JDK, or TeaVM cannot be fetched: with what to do about it.
pub fn ensure(cache: &Cache) -> Result<Java> {
    let (java, javac) = (program("java")?, program("javac")?);
    let folder = cache.make("teavm", TEAVM, |folder| {
        fetch(folder).with_context(|| {
            format!(
                "TeaVM {TEAVM} cannot be fetched\n\
                 run where Maven (`mvn`) is on the path and reaches its repository: only the first set-up needs it"
            )
        })
    })?;
    Ok(Java { java, javac, teavm: folder.join("lib") })
}

/// A program of the JDK that `JAVA_HOME` names, else the one on the path.
fn program(name: &'static str) -> Result<Tool> {
    let named = std::env::var_os(HOME).map(|home| Path::new(&home).join("bin").join(name));
    let file = named.filter(|file| is_program(file)).or_else(|| on_path(name));
    let file =
        file.with_context(|| format!("there is no `{name}`: install a JDK {OLDEST} or newer, or set {HOME} to one"))?;
    let tool = Tool::probe(name, file, Origin::User)?;
    match major(&tool.version) {
        Some(version) if version >= OLDEST => Ok(tool),
        _ => {
            bail!("`{}` is {}: a JDK {OLDEST} or newer is needed; {HOME} names one", tool.path.display(), tool.version)
        }
    }
}

/// The first number of a version such as `javac 17.0.15`.
fn major(version: &str) -> Option<u32> {
    let word = version.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    word.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Has Maven copy TeaVM and all that it needs into a folder.
fn fetch(folder: &Path) -> Result<()> {
    let maven = on_path("mvn").context("there is no `mvn` on the path")?;
    fs::write(folder.join("pom.xml"), PROJECT.replace("VERSION", TEAVM))?;
    let mut maven = Command::new(maven);
    maven.args(["--quiet", "--batch-mode", "dependency:copy-dependencies", "-DoutputDirectory=lib"]);
    output(maven.current_dir(folder)).map(drop)
}

/// A project without code that depends on TeaVM.
const PROJECT: &str = "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">
  <modelVersion>4.0.0</modelVersion>
  <groupId>onramp</groupId>
  <artifactId>teavm</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.teavm</groupId><artifactId>teavm-tooling</artifactId><version>VERSION</version></dependency>
    <dependency><groupId>org.teavm</groupId><artifactId>teavm-classlib</artifactId><version>VERSION</version></dependency>
  </dependencies>
</project>
";

#[cfg(test)]
mod tests {
    #[test]
    fn versions_have_a_first_number() {
        for (version, major) in [("javac 17.0.15", Some(17)), ("openjdk 25-ea 2025-09-16", Some(25)), ("javac", None)] {
            assert_eq!(super::major(version), major, "{version}");
        }
    }
}
