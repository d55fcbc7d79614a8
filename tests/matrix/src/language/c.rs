//! C: the generator as a library (`wit-bindgen-c`'s under the eager profile), clang, and `wasm-component-ld`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use onramp_abi::{Profile, Results};
use onramp_bridge::Bindings;
use onramp_toolchain::{Cache, Key, Tool, c, component_ld, tool};

use super::{Builder, Gap, Job, Language, clean, digest, write};
use crate::allocations;

/// The language.
pub struct C;

/// How guests are compiled. Warnings are errors: the generated header has to be clean in a strict project.
const FLAGS: &[&str] = &["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror"];

/// How the generated source is compiled: its own warnings are not the guest's. Where functions have several core results, clang makes
/// them.
fn bindings_flags(profile: Profile) -> Vec<&'static str> {
    let several =
        ["-DONRAMP_MULTIVALUE", "-mmultivalue", "-Xclang", "-target-abi", "-Xclang", "experimental-mv"].as_slice();
    let more = match profile.results() {
        Results::Single => &[],
        Results::Multi => several,
    };
    ["-O2"].iter().chain(more).copied().collect()
}

impl Language for C {
    fn name(&self) -> &'static str {
        "c"
    }

    fn extension(&self) -> &'static str {
        "c"
    }

    fn profiles(&self) -> &'static [Profile] {
        &Profile::ALL
    }

    fn gaps(&self) -> &'static [Gap] {
        &[]
    }

    fn set_up(&self, cache: &Cache) -> Result<Box<dyn Builder>> {
        Ok(Box::new(Tools { c: c::ensure(cache)?, component_ld: component_ld::ensure(cache)? }))
    }
}

struct Tools {
    c: c::C,
    component_ld: Tool,
}

impl Builder for Tools {
    fn tools(&self) -> Vec<&Tool> {
        vec![&self.c.clang, &self.component_ld]
    }

    fn fingerprint(&self) -> Result<String> {
        let key = Key::new()
            .with("clang", &self.c.clang.version)
            .with("linker", &self.component_ld.version)
            .with("flags", self.c.flags.join(" "))
            .with("recipe", include_str!("c.rs"));
        Ok(key.finish())
    }

    fn bindings_version(&self, job: &Job) -> Result<String> {
        Ok(digest(&bindings(job)?))
    }

    fn generate_bindings(&self, job: &Job) -> Result<()> {
        write(&bindings(job)?, &job.folder.join("bindings"))
    }

    fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
        let bindings = job.folder.join("bindings");
        let mut objects = vec![bindings.join(format!("{}_component_type.o", job.role)), job.folder.join("bindings.o")];
        self.compile(job, &bindings_flags(job.profile), &bindings.join(format!("{}.c", job.role)), &objects[1])?;
        for (scenario, source) in &job.sources {
            let object = job.folder.join(format!("{}.o", scenario.name));
            self.compile(job, FLAGS, source, &object)?;
            objects.push(object);
        }
        let component = job.folder.join("guest.wasm");
        self.link(job, &objects, &component)?;
        Ok(component)
    }
}

impl Tools {
    fn compile(&self, job: &Job, flags: &[&str], source: &Path, object: &Path) -> Result<()> {
        let mut clang = clean(Command::new(&self.c.clang.path));
        clang.args(&self.c.flags).args(flags);
        clang.arg("-I").arg(job.folder.join("bindings")).arg("-I").arg(job.support);
        tool::output(clang.arg("-c").arg(source).arg("-o").arg(object)).map(drop)
    }

    /// A reactor: a component without `main`.
    fn link(&self, job: &Job, objects: &[PathBuf], component: &Path) -> Result<()> {
        let mut link = clean(Command::new(&self.component_ld.path));
        link.arg("--wasm-ld-path").arg(&self.c.wasm_ld).args(["--gc-sections", "--entry", "_initialize"]);
        link.arg(self.c.libraries.join("crt1-reactor.o")).args(objects);
        link.arg("-L").arg(&self.c.libraries).args(["-lc", "-lm"]).arg(&self.c.builtins);
        if job.counting {
            link.args(allocations::linker_arguments());
        }
        if job.profile != Profile::Eager {
            link.arg("--skip-wit-component");
        }
        tool::output(link.arg("-o").arg(component)).map(drop)
    }
}

fn bindings(job: &Job) -> Result<Bindings> {
    job.generate(|resolve, world| {
        onramp_bindgen_c::generate(resolve, world, job.profile, Default::default(), &job.lazy)
    })
}
