//! The options of the generator.

/// What can be chosen. The first four are componentize-py's.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "clap", derive(clap::Args))]
pub struct Options {
    /// The package of the bindings; `wit_world` if it is not said. It may be in other packages: `my_app.bindings`.
    #[cfg_attr(feature = "clap", arg(long, value_name = "MODULE"))]
    pub world_module: Option<String>,

    /// The module of an imported interface, such as `wasi:http/types@0.2.0=http_types`; may be given several times. Without it
    /// the module has the interface's name, with the package's and version in it where that would be ambiguous.
    #[cfg_attr(feature = "clap", arg(long, value_name = "INTERFACE=NAME", value_parser = pair))]
    pub import_interface_name: Vec<(String, String)>,

    /// The same for an exported interface.
    #[cfg_attr(feature = "clap", arg(long, value_name = "INTERFACE=NAME", value_parser = pair))]
    pub export_interface_name: Vec<(String, String)>,

    /// All modules of interfaces have the package's name and version in their names.
    #[cfg_attr(feature = "clap", arg(long))]
    pub full_names: bool,

    /// Interfaces whose modules have the package's name and version in their names, whatever `full_names` says.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub with_full_names: Vec<String>,

    /// Functions whose lists of numbers are `array.array`s, named as for `--lazy`; may be given several times.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PATTERN"))]
    pub arrays: Vec<String>,

    /// Packages that have a part of the bindings too.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub parts: Vec<Part>,
}

/// A part of a world, which an app also finds in a package of this name: what a `componentize-py.toml` asks for. Items of the world are
/// named by their keys, such as `wasi:io/poll@0.2.0`. What is in the package are the world module's own classes and functions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The package.
    pub module: String,
    /// What it has of the imports.
    pub imports: Vec<String>,
    /// What it has of the exports.
    pub exports: Vec<String>,
}

#[cfg(feature = "clap")]
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((interface, name)) => Ok((interface.to_owned(), name.to_owned())),
        None => Err(format!("`{text}` is not of the form `INTERFACE=NAME`")),
    }
}
