use std::collections::hash_map::RandomState;
use std::env;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

use crate::exports::test::wasi::surroundings::Guest;

impl Guest for crate::Component {
    fn say(line: String) {
        println!("{line}");
        eprintln!("{line}");
    }

    fn sleep(milliseconds: u32) -> u64 {
        let start = Instant::now();
        thread::sleep(Duration::from_millis(milliseconds.into()));
        start.elapsed().as_nanos() as u64
    }

    fn random() -> u64 {
        RandomState::new().hash_one(0)
    }

    fn variable(name: String) -> Option<String> {
        env::var(name).ok()
    }

    fn input() -> Vec<u8> {
        let mut input = Vec::new();
        io::stdin().read_to_end(&mut input).expect("the standard input can be read");
        input
    }

    fn opens(path: String) -> bool {
        File::open(path).is_ok()
    }
}
