use std::collections::hash_map::RandomState;
use std::env;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

use crate::check;
use crate::check::Checks;
use crate::exports::test::wasi::check_wasi::Guest;
use crate::test::wasi::surroundings::{input, opens, random, say, sleep, variable};

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        for round in 0..3 {
            output(&mut checks, round)?;
            clocks(&mut checks)?;
            entropy(&mut checks)?;
            check!(checks, variable("ONRAMP_UNSET") == env::var("ONRAMP_UNSET").ok())?;
            check!(checks, input() == [0u8; 0])?;
            checks.equal("the caller's input", 0, own_input().map_err(|error| error.to_string())?)?;
            check!(checks, opens("/none") == false)?;
            checks.equal("the caller's /none can be opened", false, File::open("/none").is_ok())?;
        }
        Ok(checks.count)
    }
}

fn output(checks: &mut Checks, round: u32) -> Result<(), String> {
    println!("round {round} of the caller");
    checks.equal("say(\"round\")", (), say(&format!("round {round} of the callee")))?;
    println!("round {round} of the caller again");
    Ok(())
}

fn clocks(checks: &mut Checks) -> Result<(), String> {
    let start = Instant::now();
    checks.equal("sleep(2) >= 2000000", true, sleep(2) >= 2_000_000)?;
    thread::sleep(Duration::from_millis(2));
    checks.equal("both slept 4 ms", true, start.elapsed() >= Duration::from_millis(4))
}

fn entropy(checks: &mut Checks) -> Result<(), String> {
    // Not of both guests: Rust's seed is the host's `insecure-seed`, one for all.
    checks.equal("two of the caller differ", true, own_random() != own_random())?;
    checks.equal("random() and another differ", true, random() != random())
}

fn own_random() -> u64 {
    RandomState::new().hash_one(0)
}

fn own_input() -> io::Result<usize> {
    io::stdin().read_to_end(&mut Vec::new())
}
