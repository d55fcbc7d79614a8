//! Initializing CPython (docs.python.org, "Python Initialization Configuration").

use std::ffi::CStr;
use std::mem::MaybeUninit;

use pyo3::{PyResult, Python, ffi};

use crate::{bundle, frozen, hashes, memory, module, tidy, told};

/// Initializes CPython with a frozen standard library and this hash seed. With `is_fresh` 1 it is that of the first life only.
///
/// # Safety
/// The archive came from [`memory::onramp_python_allocate`], and CPython is not initialized yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn onramp_python_initialize(
    archive: *const u8,
    length: usize,
    hash_seed: u32,
    is_fresh: i32,
) -> i32 {
    frozen::install(unsafe { memory::bytes(archive, length) });
    if is_fresh == 1 {
        hashes::begin();
    }
    if let Err(message) = unsafe { initialize(hash_seed) } {
        eprintln!("CPython does not start: {message}");
        return 1;
    }
    let result = Python::attach(|py| told(py, install(py)));
    // Between two calls of exports nobody is attached.
    unsafe { ffi::PyEval_SaveThread() };
    result
}

fn install(py: Python<'_>) -> PyResult<()> {
    bundle::install(py)?;
    module::install(py)?;
    tidy::keep(py)?;
    hashes::watch(py)
}

/// Where the standard library's modules are said to be: some (`_strptime`, `inspect`) need a `__file__`. Nothing is there.
const STANDARD_LIBRARY: &CStr = c"/usr/lib/python3.13";

unsafe fn initialize(hash_seed: u32) -> Result<(), String> {
    let mut preparation = MaybeUninit::uninit();
    unsafe { ffi::PyPreConfig_InitIsolatedConfig(preparation.as_mut_ptr()) };
    let mut preparation = unsafe { preparation.assume_init() };
    preparation.utf8_mode = 1;
    check(unsafe { ffi::Py_PreInitialize(&preparation) })?;
    let mut config = MaybeUninit::uninit();
    unsafe { ffi::PyConfig_InitIsolatedConfig(config.as_mut_ptr()) };
    let mut config = unsafe { config.assume_init() };
    configure(&mut config, hash_seed);
    check(unsafe { ffi::PyConfig_SetBytesString(&mut config, &mut config.stdlib_dir, STANDARD_LIBRARY.as_ptr()) })?;
    let status = unsafe { ffi::Py_InitializeFromConfig(&config) };
    unsafe { ffi::PyConfig_Clear(&mut config) };
    check(status)
}

fn configure(config: &mut ffi::PyConfig, hash_seed: u32) {
    config.use_hash_seed = 1;
    config.hash_seed = hash_seed;
    // Everything is frozen: there are no folders to look for, and none to warn about.
    config.module_search_paths_set = 1;
    config.pathconfig_warnings = 0;
    config.use_frozen_modules = 1;
    config.site_import = 0;
    config.write_bytecode = 0;
    config.parse_argv = 0;
    config.install_signal_handlers = 0;
    // Nobody flushes a reactor's streams when its instance is dropped.
    config.buffered_stdio = 0;
}

fn check(status: ffi::PyStatus) -> Result<(), String> {
    if unsafe { ffi::PyStatus_Exception(status) } == 0 {
        return Ok(());
    }
    let message = status.err_msg;
    if message.is_null() {
        return Err("it does not say why".to_owned());
    }
    Err(unsafe { CStr::from_ptr(message) }.to_string_lossy().into_owned())
}
