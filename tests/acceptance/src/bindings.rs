//! Bindings in a profile, with the generator's arguments as one types them.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Parser};
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use onramp_matrix::language::catch;
use wit_bindgen_core::wit_parser::{Resolve, WorldId};
use wit_bindgen_core::{Files, WorldGenerator};

use crate::language::Language;

/// What bindings are generated for.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The language.
    pub language: Language,
    /// The profile.
    pub profile: Profile,
    /// A file or folder of WIT.
    pub wit: &'a Path,
    /// The world; without it, the only one of the package, or `imports`.
    pub world: Option<&'a str>,
    /// The generator's arguments.
    pub arguments: &'a [String],
}

/// What was generated.
pub struct Generated {
    /// The files: names and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the generator has to say: functions that keep the eager ABI.
    pub notes: Vec<String>,
    /// The name of the world.
    pub world: String,
}

impl Generated {
    /// The name of the file with this extension.
    ///
    /// # Errors
    /// When there is none.
    pub fn file(&self, extension: &str) -> Result<&str> {
        let mut names = self.files.iter().map(|(name, _)| name.as_str());
        let found = names.find(|name| name.rsplit('.').next() == Some(extension));
        found.with_context(|| format!("the generator made no file `.{extension}`"))
    }
}

/// The arguments of both generators: what the WIT is read with.
#[derive(Args, Clone, Debug, Default)]
struct OfWit {
    #[arg(long, value_delimiter = ',')]
    features: Vec<String>,
    #[arg(long)]
    all_features: bool,
    /// Ours: functions whose strings, lists and maps arrive as handles.
    #[arg(long)]
    lazy: Vec<String>,
}

#[derive(Parser)]
#[command(no_binary_name = true)]
struct OfRust {
    #[command(flatten)]
    wit: OfWit,
    #[command(flatten)]
    generator: wit_bindgen_rust::Opts,
}

#[derive(Parser)]
#[command(no_binary_name = true)]
struct OfC {
    #[command(flatten)]
    wit: OfWit,
    #[command(flatten)]
    generator: wit_bindgen_c::Opts,
}

impl Order<'_> {
    /// Generates.
    ///
    /// # Errors
    /// When the WIT cannot be read, an argument is not known, or the generator refuses or panics.
    pub fn generate(&self) -> Result<Generated> {
        match self.language {
            Language::Rust => {
                let OfRust { wit, generator } = OfRust::try_parse_from(self.arguments)?;
                let (resolve, world) = self.world(&wit)?;
                self.rust(resolve, world, generator, &wit.lazy)
            }
            Language::C => {
                let OfC { wit, generator } = OfC::try_parse_from(self.arguments)?;
                let (resolve, world) = self.world(&wit)?;
                self.c(resolve, world, generator, &wit.lazy)
            }
        }
    }

    fn rust(
        &self,
        resolve: Resolve,
        world: WorldId,
        options: wit_bindgen_rust::Opts,
        lazy: &[String],
    ) -> Result<Generated> {
        match self.profile {
            Profile::Eager if lazy.is_empty() => upstream(resolve, world, &mut options.build()),
            profile => ours(&resolve, world, || onramp_bindgen_rust::generate(&resolve, world, profile, options, lazy)),
        }
    }

    fn c(&self, resolve: Resolve, world: WorldId, options: wit_bindgen_c::Opts, lazy: &[String]) -> Result<Generated> {
        match self.profile {
            Profile::Eager if lazy.is_empty() => upstream(resolve, world, options.build().as_mut()),
            profile => ours(&resolve, world, || onramp_bindgen_c::generate(&resolve, world, profile, options, lazy)),
        }
    }

    fn world(&self, wit: &OfWit) -> Result<(Resolve, WorldId)> {
        let mut resolve = Resolve { all_features: wit.all_features, ..Resolve::default() };
        resolve.features.extend(wit.features.iter().cloned());
        let (package, _) = resolve.push_path(self.wit).map_err(|error| anyhow!("{error:#}"))?;
        let world = match self.world {
            Some(name) => resolve.select_world(&[package], Some(name))?,
            None => resolve
                .select_world(&[package], None)
                .or_else(|error| resolve.select_world(&[package], Some("imports")).map_err(|_| error))?,
        };
        Ok((resolve, world))
    }
}

/// Runs an upstream generator.
fn upstream(mut resolve: Resolve, world: WorldId, generator: &mut dyn WorldGenerator) -> Result<Generated> {
    let name = resolve.worlds[world].name.clone();
    let files = catch(|| {
        let mut files = Files::default();
        generator.generate(&mut resolve, world, &mut files).map(|()| files)
    })?;
    let files = files.iter().map(|(name, content)| (name.to_owned(), content.to_owned())).collect();
    Ok(Generated { files, notes: Vec::new(), world: name })
}

/// Runs one of our generators.
fn ours(resolve: &Resolve, world: WorldId, generate: impl FnOnce() -> Result<Bindings>) -> Result<Generated> {
    let Bindings { files, notes } = catch(generate)?;
    let files = files.iter().map(|(name, content)| (name.to_owned(), content.to_owned())).collect();
    Ok(Generated { files, notes, world: resolve.worlds[world].name.clone() })
}
