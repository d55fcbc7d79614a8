//! `onramp bindgen`.

pub(crate) mod output;
pub(crate) mod world;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use onramp_abi::Profile;
use onramp_bridge::Bindings;
use wit_bindgen_rust::MissingWith;
use wit_parser::{Resolve, WorldId};

use output::Output;
use world::World;

/// The languages of `onramp bindgen`, each with the options of its upstream generator.
#[derive(Subcommand)]
pub enum Arguments {
    /// Bindings for Rust: one module.
    #[command(mut_arg("additional_derive_attributes", |argument| argument.visible_alias("additional-derives")))]
    Rust {
        #[command(flatten)]
        common: Box<Common>,
        #[command(flatten)]
        options: Box<wit_bindgen_rust::Opts>,
    },
    /// Bindings for C and C++: a header, a source file, the header that all such sources share, and an object file with the
    /// world's types.
    C {
        #[command(flatten)]
        common: Box<Common>,
        #[command(flatten)]
        options: Box<wit_bindgen_c::Opts>,
    },
    /// Bindings for Java under the profile `gc`: a class for each interface, and `wit.Guest`, which TeaVM starts at. The guest has a class
    /// `exports.….NameImpl` for each interface that it exports.
    Java {
        #[command(flatten)]
        common: Box<Common>,
    },
    /// Bindings for Python, for editors and type checkers: a package with componentize-py's names, and what it imports.
    Python {
        #[command(flatten)]
        common: Box<Common>,
        #[command(flatten)]
        options: Box<onramp_bindgen_python::Options>,
    },
}

/// What every language has.
#[derive(Args)]
pub struct Common {
    /// The ABI that the guest speaks: `eager` is today's, `cm1` what is planned for 1.0; `multivalue` and `lazy` are its halves; `gc` passes
    /// objects of the garbage collector, which linking makes of what the guest has in its memory. A function that it does not cover stays
    /// eager, and a note says why.
    #[arg(short, long, value_name = "PROFILE", value_parser = profile)]
    profile: Profile,

    /// The world of the guest, such as `guest` or `wasi:http/proxy`. It may be left out when the package has only one.
    #[arg(short, long, value_name = "WORLD")]
    world: Option<String>,

    /// The folder that the files are written to. It is made if it is not there.
    #[arg(long, value_name = "DIR", default_value = ".")]
    out_dir: PathBuf,

    /// Functions whose strings and lists arrive as lazy values, which are read when the guest wants them (under `gc`, functions whose values
    /// stay objects): `all`, an interface
    /// (`ns:pkg/iface`), a function of one (`ns:pkg/iface#func`) or of the world (`#func`), each with `*` for any text; may be given several times.
    #[arg(long, value_name = "PATTERN")]
    lazy: Vec<String>,

    /// Writes nothing: fails when the files on disk are not what would be written, and prints the difference.
    #[arg(long)]
    check: bool,

    /// Features of the WIT that are on (`@unstable(feature = …)`), separated by commas or spaces; may be given several times.
    #[arg(long, value_name = "FEATURES")]
    features: Vec<String>,

    /// All features of the WIT are on.
    #[arg(long)]
    all_features: bool,

    /// Where the WIT is: files, or folders with `*.wit` files and perhaps a folder `deps`. What a path depends on stands before it.
    #[arg(value_name = "WIT", required = true)]
    wit: Vec<PathBuf>,
}

pub(crate) fn profile(name: &str) -> Result<Profile, onramp_abi::Error> {
    name.parse()
}

impl Arguments {
    /// Writes bindings, or checks them.
    pub fn run(self) -> Result<()> {
        match self {
            Arguments::Rust { common, options } => common.run("Rust", |resolve, world, profile, lazy| {
                onramp_bindgen_rust::generate(resolve, world, profile, *options, lazy)
            }),
            Arguments::C { common, options } => common.run("C", |resolve, world, profile, lazy| {
                onramp_bindgen_c::generate(resolve, world, profile, *options, lazy)
            }),
            Arguments::Java { common } => {
                common.run("Java", |resolve, world, profile, _| onramp_bindgen_java::generate(resolve, world, profile))
            }
            Arguments::Python { common, options } => common.run("Python", |resolve, world, profile, lazy| {
                let python = onramp_bindgen_python::generate(resolve, world, profile, &options, lazy)?;
                Ok(Bindings { files: python.files, notes: python.notes })
            }),
        }
    }
}

impl Common {
    fn run(
        self,
        language: &str,
        generate: impl FnOnce(&Resolve, WorldId, Profile, &[String]) -> Result<Bindings>,
    ) -> Result<()> {
        let world = World::read(&self)?;
        let generated = generate(&world.resolve, world.id, self.profile, &self.lazy);
        let bindings = generated.map_err(with_option).with_context(|| {
            let name = &world.resolve.worlds[world.id].name;
            format!("there are no {language} bindings of the world `{name}` of {}", world.files)
        })?;
        for note in &bindings.notes {
            eprintln!("note: {note}");
        }
        let files = bindings.files.iter().map(|(name, contents)| Output::new(&self.out_dir, name, contents));
        match self.check {
            true => output::check(&files.collect::<Vec<_>>()),
            false => files.into_iter().try_for_each(|file| file.write()),
        }
    }
}

/// Upstream's error says what is missing, not by which option it is given.
fn with_option(error: anyhow::Error) -> anyhow::Error {
    let option = error.downcast_ref::<MissingWith>().map(|missing| {
        format!("`--generate-all` or `--with {}=…` must say where the bindings of a dependency are", missing.0)
    });
    match option {
        Some(option) => error.context(option),
        None => error,
    }
}
