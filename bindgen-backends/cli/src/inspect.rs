//! `onramp inspect`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onramp_compose::inspect::{Component, Composed, Interface, Memory};

use crate::{Form, read, say};

/// The flags of `onramp inspect`.
#[derive(Args)]
pub struct Arguments {
    /// The component.
    #[arg(value_name = "FILE")]
    component: PathBuf,

    /// The form of what is shown.
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let component = Component::read(&read(&self.component)?)?;
        match self.format {
            Form::Json => say(serde_json::to_string_pretty(&component)? + "\n"),
            Form::Text => tell(&component),
        }
        Ok(())
    }
}

fn tell(component: &Component) {
    list("imports", &component.imports);
    list("exports", &component.exports);
    edges(component);
    match &component.composed {
        Composed::Nested { because } => say(format_args!("stays nested: {because}\n")),
        Composed::Flat { strings, memory } => {
            say("can be flattened\n");
            if !strings.is_empty() {
                say(format_args!("strings: {}\n", strings.iter().copied().collect::<Vec<_>>().join(", ")));
            }
            match memory {
                Memory::Unneeded => {}
                Memory::TakenOut => say("memory: can be taken out, so calls to other components are direct\n"),
                Memory::Kept => {
                    say("memory: cannot be taken out, so calls to other components go through a table\n");
                }
            }
            if component.imports.iter().any(|interface| !interface.resources.is_empty()) {
                say(
                    "imports resources: when they are the host's, and another component of a composition uses some too, calls \
                     that pass handles go through gates\n",
                );
            }
        }
    }
}

fn edges(component: &Component) {
    if let Some(report) = &component.composition {
        say(format_args!("composed of:\n{report}"));
    }
}

fn list(title: &str, interfaces: &[Interface]) {
    if interfaces.is_empty() {
        return say(format_args!("{title}: none\n"));
    }
    say(format_args!("{title}:\n"));
    for interface in interfaces {
        say(format_args!("  {} ({})\n", interface.name, interface.profile));
        for resource in &interface.resources {
            say(format_args!("    resource {resource}\n"));
        }
        for function in &interface.functions {
            say(format_args!("    {function}\n"));
        }
    }
}
