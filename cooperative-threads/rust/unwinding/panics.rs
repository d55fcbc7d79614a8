//! Where panics unwind, a thread's ends that thread alone: its destructors run, and who joins it gets the payload.

use coop_threads::sync::Mutex;
use coop_threads::thread;

struct Announce(&'static str);

impl Drop for Announce {
    fn drop(&mut self) {
        println!("dropped {} (panicking: {})", self.0, std::thread::panicking());
    }
}

fn carried() {
    for round in 0..3 {
        let handle = thread::spawn(move || {
            let _frame = Announce("frame");
            thread::yield_now();
            assert_ne!(round, 1, "round {round}");
            round
        });
        match handle.join() {
            Ok(value) => println!("joined {value}"),
            Err(payload) => println!("carried {}", payload.downcast_ref::<String>().is_some()),
        }
    }
}

fn poisons() {
    let mutex = Mutex::new(0);
    thread::scope(|scope| {
        let holder = scope.spawn(|| {
            let _guard = mutex.lock();
            panic!("while it holds a lock");
        });
        println!("{}", holder.join().unwrap_err().downcast_ref::<&str>().unwrap());
    });
    println!("poisoned {}", mutex.lock().is_err());
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    carried();
    poisons();
}
