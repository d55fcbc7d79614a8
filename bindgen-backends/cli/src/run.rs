//! `onramp run`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use onramp_run::{Directory, Ended, Invocation, Runner, Settings, Streams};

use crate::read;

/// The exit code of a program that trapped, as a shell has it for one that was aborted.
const TRAPPED: u8 = 134;

/// The flags of `onramp run`.
#[derive(Args)]
pub struct Arguments {
    /// The component: a command.
    #[arg(value_name = "FILE")]
    component: PathBuf,

    /// A directory that the program may use, under the same name or under that behind `::`; may be given several times.
    #[arg(long, value_name = "DIR[::NAME]", value_parser = directory)]
    dir: Vec<Directory>,

    /// A variable of the program's environment, with this value or with that of this process; may be given several times.
    #[arg(long, value_name = "NAME[=VALUE]", value_parser = variable)]
    env: Vec<(String, String)>,

    /// The program may use the network, and look names up.
    #[arg(long)]
    network: bool,

    /// The program's arguments.
    #[arg(last = true, value_name = "ARGS")]
    arguments: Vec<String>,
}

impl Arguments {
    /// Runs the program. Its exit code is the command's.
    pub fn run(self) -> Result<ExitCode> {
        let input = read(&self.component)?;
        let program = Runner::new(&Settings::default())?.load(&input.name, &input.bytes)?;
        let name = self.component.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        let invocation = Invocation {
            arguments: std::iter::once(name).chain(self.arguments).collect(),
            environment: self.env,
            directories: self.dir,
            network: self.network,
            streams: Streams::Inherited,
        };
        match program.run(&invocation)?.ended {
            // WASI has codes from 0 to 255.
            Ended::Exited(code) => Ok(ExitCode::from(code as u8)),
            Ended::Trapped { cause, backtrace } => {
                eprintln!("error: `{}` trapped: {cause}\n{backtrace}", input.name);
                Ok(ExitCode::from(TRAPPED))
            }
            Ended::StoppedAfter(limit) => {
                eprintln!("error: `{}` was stopped after {} s", input.name, limit.as_secs());
                Ok(ExitCode::from(TRAPPED))
            }
        }
    }
}

fn directory(text: &str) -> Result<Directory, String> {
    let (host, guest) = text.split_once("::").unwrap_or((text, text));
    match (host, guest) {
        ("", _) | (_, "") => Err("expected `DIR` or `DIR::NAME`".to_owned()),
        (host, guest) => Ok(Directory { host: host.into(), guest: guest.to_owned() }),
    }
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some(("", _)) => Err("a variable has a name: expected `NAME=VALUE`".to_owned()),
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => match std::env::var(text) {
            Ok(value) => Ok((text.to_owned(), value)),
            Err(_) => Err(format!("this process has no variable `{text}`: give its value, as in `{text}=VALUE`")),
        },
    }
}
