//! Random values of random types go through a Python callee of each profile. `cargo xtask python echo` tries more. Ignored
//! while the runtime is not in the cache.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use onramp_abi::Profile;
use onramp_python_runtime::Runtime;
use onramp_python_tests::echo::{Choice, run};
use onramp_toolchain::Cache;

const CHOICE: Choice = Choice { seed: 0, cases: 40 };

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cache = Cache::open().expect("the cache can be written");
    let runtime = Runtime::find(&cache).expect("the cache can be read");
    let trial = |profile: Profile| {
        let (missing, runtime, cache) = (runtime.is_none(), runtime.clone(), cache.clone());
        let test = move || match runtime {
            Some(runtime) => {
                run(&runtime, profile, CHOICE, &cache).map(drop).map_err(|error| Failed::from(format!("{error:#}")))
            }
            None => Ok(()),
        };
        Trial::test(profile.name(), test).with_ignored_flag(missing)
    };
    libtest_mimic::run(&arguments, Profile::LINEAR.map(trial).into()).exit_code()
}
