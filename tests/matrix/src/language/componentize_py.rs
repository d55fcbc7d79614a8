//! Python as upstream has it: componentize-py, which generates, compiles and links in one step.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use onramp_abi::Profile;
use onramp_toolchain::{Cache, Key, Tool, python, tool};

use super::python_app as app;
use super::{Builder, Gap, Job, Language, Trial, clean};
use crate::scenario::{Feature, Role};

/// The language.
pub struct ComponentizePy;

impl Language for ComponentizePy {
    fn name(&self) -> &'static str {
        "componentize-py"
    }

    fn extension(&self) -> &'static str {
        "py"
    }

    fn profiles(&self) -> &'static [Profile] {
        &[Profile::Eager]
    }

    fn gaps(&self) -> &'static [Gap] {
        &[
            Gap {
                feature: Feature::FixedLengthLists,
                role: None,
                profiles: &[Profile::Eager],
                trial: Trial::Generate,
                reason: "componentize-py 0.25 does not implement fixed-length lists",
            },
            Gap {
                feature: Feature::FixedLengthListsOfOwned,
                role: None,
                profiles: &[Profile::Eager],
                trial: Trial::Generate,
                reason: "componentize-py 0.25 does not implement fixed-length lists",
            },
            Gap {
                feature: Feature::Maps,
                role: None,
                profiles: &[Profile::Eager],
                trial: Trial::Generate,
                reason: "componentize-py 0.25 does not implement maps",
            },
            Gap {
                feature: Feature::Destructors,
                role: Some(Role::Callee),
                profiles: &[Profile::Eager],
                trial: Trial::Run,
                reason: "componentize-py 0.25 never destroys exported resources",
            },
        ]
    }

    fn set_up(&self, cache: &Cache) -> Result<Box<dyn Builder>> {
        Ok(Box::new(Tools { componentize_py: python::ensure(cache)? }))
    }
}

struct Tools {
    componentize_py: Tool,
}

impl Builder for Tools {
    fn tools(&self) -> Vec<&Tool> {
        vec![&self.componentize_py]
    }

    fn fingerprint(&self) -> Result<String> {
        let key = Key::new()
            .with("componentize-py", &self.componentize_py.version)
            .with("recipe", include_str!("componentize_py.rs"));
        Ok(key.finish())
    }

    fn bindings_version(&self, _: &Job) -> Result<String> {
        Ok(String::new())
    }

    /// The stubs for editors, which the component does not need: what matters is whether the generator takes the world.
    fn generate_bindings(&self, job: &Job) -> Result<()> {
        let mut bindings = self.command(job);
        tool::output(bindings.arg("bindings").arg(job.folder.join("bindings"))).map(drop)
    }

    fn compile_and_link(&self, job: &Job) -> Result<PathBuf> {
        let app = app::write(job)?;
        let component = job.folder.join("guest.wasm");
        let mut componentize = self.command(job);
        componentize.arg("componentize").arg("--python-path").arg(&app).arg(app::APP).arg("--output").arg(&component);
        tool::output(&mut componentize)?;
        Ok(component)
    }
}

impl Tools {
    fn command(&self, job: &Job) -> Command {
        let mut command = clean(Command::new(&self.componentize_py.path));
        command.env_remove("VIRTUAL_ENV").current_dir(job.folder);
        command
            .arg("--quiet")
            .arg("--wit-path")
            .arg(job.wit())
            .arg("--world")
            .arg(format!("onramp:matrix/{}", job.role));
        command
    }
}
