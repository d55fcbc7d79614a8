//! What the crate has, each with its output in tour.expected.

use std::cell::Cell;
use std::time::Duration;

use coop_threads::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, mpsc};
use coop_threads::thread;

coop_threads::thread_local! {
    static OWN: Cell<u32> = const { Cell::new(5) };
    static DROPPED: Announce = Announce("a thread-local value");
}

struct Announce(&'static str);

impl Drop for Announce {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn counting() {
    let total = Arc::new(Mutex::new(0));
    let handles: Vec<_> = (0..4)
        .map(|_| {
            let total = total.clone();
            thread::spawn(move || {
                for _ in 0..100 {
                    let mut total = total.lock().unwrap();
                    let seen = *total;
                    thread::yield_now();
                    *total = seen + 1;
                }
            })
        })
        .collect();
    handles.into_iter().for_each(|handle| handle.join().unwrap());
    println!("total {}", total.lock().unwrap());
}

fn scoped() {
    let mut numbers = [1, 2, 3, 4];
    thread::scope(|scope| {
        for number in &mut numbers {
            scope.spawn(|| *number *= 10);
        }
    });
    println!("scoped {numbers:?}");
}

fn waiting() {
    let pair = (Mutex::new(false), Condvar::new());
    thread::scope(|scope| {
        let waiter = scope.spawn(|| {
            let ready = pair.1.wait_while(pair.0.lock().unwrap(), |ready| !*ready).unwrap();
            *ready
        });
        thread::sleep(Duration::from_millis(2));
        *pair.0.lock().unwrap() = true;
        pair.1.notify_one();
        println!("condition {}", waiter.join().unwrap());
    });
    let (_, result) = pair.1.wait_timeout(pair.0.lock().unwrap(), Duration::from_millis(2)).unwrap();
    println!("timed out {}", result.timed_out());
}

fn locks() {
    let lock = RwLock::new(1);
    let barrier = Barrier::new(3);
    let leaders = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let seen = *lock.read().unwrap();
                *leaders.lock().unwrap() += i32::from(barrier.wait().is_leader());
                *lock.write().unwrap() += seen;
            });
        }
    });
    println!("rwlock {}, leaders {}", lock.read().unwrap(), leaders.lock().unwrap());
    let held = lock.write().unwrap();
    println!("try_read {}", lock.try_read().is_err());
    drop(held);
}

fn once() {
    static ONCE: Once = Once::new();
    static LAZY: LazyLock<u32> = LazyLock::new(|| 7);
    let cell = OnceLock::new();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| ONCE.call_once(|| println!("once")));
        }
    });
    println!("lazy {}, cell {} {:?}", *LAZY, cell.get_or_init(|| 8), cell.set(9));
}

fn channels() {
    let (sender, receiver) = mpsc::channel();
    let sum = thread::spawn(move || receiver.iter().sum::<u32>());
    for number in 1..=10 {
        sender.send(number).unwrap();
    }
    drop(sender);
    println!("sum {}", sum.join().unwrap());
    let (sender, receiver) = mpsc::sync_channel(1);
    let producer = thread::spawn(move || (0..5).map(|number| sender.send(number).is_ok()).filter(|sent| *sent).count());
    println!("bounded {:?}", receiver.iter().take(3).collect::<Vec<_>>());
    drop(receiver);
    println!("some were not sent: {}", producer.join().unwrap() < 5);
    let (sender, receiver) = mpsc::sync_channel(0);
    let rendezvous = thread::spawn(move || sender.send("met").is_ok());
    println!("{} {}", receiver.recv().unwrap(), rendezvous.join().unwrap());
    println!("closed {:?}", receiver.recv());
}

fn parking() {
    let parked = thread::Builder::new().name("parked".into()).stack_size(32 * 1024).spawn(|| {
        thread::park();
        thread::current().name().map(str::to_owned)
    });
    let parked = parked.unwrap();
    thread::yield_now();
    parked.thread().unpark();
    println!("unparked {:?}", parked.join().unwrap());
    thread::park_timeout(Duration::from_millis(1));
    println!("a stack too small: {}", thread::Builder::new().stack_size(16).spawn(|| ()).is_err());
}

fn locals() {
    OWN.set(1);
    let other = thread::spawn(|| {
        DROPPED.with(|_| ());
        OWN.replace(9)
    });
    println!("own {} other {}", OWN.get(), other.join().unwrap());
}

fn main() {
    counting();
    scoped();
    waiting();
    locks();
    once();
    channels();
    parking();
    locals();
}
