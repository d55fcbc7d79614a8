//! What a program is started with.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use wasmtime_wasi::p2::pipe::{MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder};

/// How much of a program's captured output is kept, each of standard output and standard error.
const CAPTURED: usize = 64 << 20;

/// What a program is started with.
#[derive(Clone, Debug, Default)]
pub struct Invocation {
    /// The arguments, with the program's own name first.
    pub arguments: Vec<String>,
    /// The environment, all of it: nothing is inherited.
    pub environment: Vec<(String, String)>,
    /// The directories that it may use.
    pub directories: Vec<Directory>,
    /// Whether it may use this machine's network, and look names up.
    pub network: bool,
    /// Where its standard streams lead.
    pub streams: Streams,
}

/// A directory of the host that a program may read and write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// The directory.
    pub host: PathBuf,
    /// What it is called inside.
    pub guest: String,
}

/// Where a program's standard streams lead.
#[derive(Clone, Debug, Default)]
pub enum Streams {
    /// To this process's own.
    #[default]
    Inherited,
    /// Standard input is these bytes, and what is written is kept for [`Output`](crate::Output).
    Captured(Vec<u8>),
}

/// What keeps captured output.
pub(crate) struct Captured {
    pub stdout: MemoryOutputPipe,
    pub stderr: MemoryOutputPipe,
}

impl Invocation {
    /// The WASI context, and the pipes that captured output goes to.
    ///
    /// # Errors
    /// When a directory cannot be opened.
    pub(crate) fn context(&self) -> Result<(WasiCtx, Captured)> {
        let captured = Captured { stdout: MemoryOutputPipe::new(CAPTURED), stderr: MemoryOutputPipe::new(CAPTURED) };
        let mut builder = WasiCtxBuilder::new();
        // Nothing else runs on this thread meanwhile.
        builder.allow_blocking_current_thread(true).args(&self.arguments).envs(&self.environment);
        for Directory { host, guest } in &self.directories {
            let opened = builder.preopened_dir(host, guest, FsPerms::ReadWrite);
            opened.map_err(|error| anyhow!("cannot open the directory `{}`: {error}", host.display()))?;
        }
        if self.network {
            builder.inherit_network().allow_tcp(true).allow_udp(true).allow_ip_name_lookup(true);
        }
        match &self.streams {
            Streams::Inherited => builder.inherit_stdio(),
            Streams::Captured(input) => builder
                .stdin(MemoryInputPipe::new(input.clone()))
                .stdout(captured.stdout.clone())
                .stderr(captured.stderr.clone()),
        };
        Ok((builder.build(), captured))
    }
}
