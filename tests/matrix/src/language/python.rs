//! Python on our own runtime: the bindings, the snapshot and the glue are made by the running program.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use onramp_abi::Profile;
use onramp_bindgen_python::Python as Bindings;
use onramp_componentize::bundle::Bundle;
use onramp_componentize::{Options, Target, componentize};
use onramp_python_runtime::Runtime;
use onramp_toolchain::{Cache, Key, Tool};

use super::python_app as app;
use super::{Builder, Gap, Job, Language, catch};
use crate::guest::this_program;

/// The language.
pub struct Python;

impl Language for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn extension(&self) -> &'static str {
        "py"
    }

    fn profiles(&self) -> &'static [Profile] {
        &Profile::ALL
    }

    fn gaps(&self) -> &'static [Gap] {
        &[]
    }

    fn set_up(&self, cache: &Cache) -> Result<Box<dyn Builder>> {
        let runtime = Runtime::ensure(cache).context("the Python runtime cannot be built here")?;
        Ok(Box::new(Tools { runtime }))
    }

    fn can_be_missing(&self) -> bool {
        true
    }

    fn is_dear(&self) -> bool {
        true
    }
}

struct Tools {
    runtime: Runtime,
}

impl Builder for Tools {
    fn tools(&self) -> Vec<&Tool> {
        Vec::new()
    }

    /// The program is the compiler here.
    fn fingerprint(&self) -> Result<String> {
        let runtime = self.runtime.folder.as_os_str().as_encoded_bytes();
        Ok(Key::new().with("runtime", runtime).with("program", this_program()?).finish())
    }

    /// The program, which the generator is part of, is in the fingerprint.
    fn bindings_version(&self, _: &Job) -> Result<String> {
        Ok(String::new())
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

    /// A component, whatever the profile.
    fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
        let (resolve, world) = job.world()?;
        let bindings = onramp_bindgen_python::Options::default();
        let target = Target { resolve: &resolve, world, profile: job.profile, bindings: &bindings, lazy: &job.lazy };
        let bundle = Bundle::read(app::APP, &[app::write(job)?])?;
        let component = componentize(&self.runtime, &target, app::APP, bundle, &Options::default(), job.cache)?;
        let file = job.folder.join("guest.wasm");
        fs::write(&file, component.bytes)?;
        Ok(file)
    }
}

fn bindings(job: &Job) -> Result<Bindings> {
    let (resolve, world) = job.world()?;
    let options = onramp_bindgen_python::Options::default();
    catch(|| onramp_bindgen_python::generate(&resolve, world, job.profile, &options, &job.lazy))
}
