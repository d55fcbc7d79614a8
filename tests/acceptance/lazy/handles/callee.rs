//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use exports::test::handles::store::{self, Guest, GuestThing};

static LIVING: AtomicU32 = AtomicU32::new(0);

struct Component;

export!(Component);

struct Thing(String);

impl Drop for Thing {
    fn drop(&mut self) {
        LIVING.fetch_sub(1, Relaxed);
    }
}

impl GuestThing for Thing {
    fn new(name: String) -> Self {
        LIVING.fetch_add(1, Relaxed);
        Thing(name)
    }

    fn name(&self) -> String {
        self.0.clone()
    }
}

impl Guest for Component {
    type Thing = Thing;

    fn living() -> u32 {
        LIVING.load(Relaxed)
    }

    fn make(n: u32) -> Vec<store::Thing> {
        (0..n).map(|number| store::Thing::new(Thing::new(number.to_string()))).collect()
    }

    fn take(things: Vec<store::Thing>) -> Vec<String> {
        things.iter().map(|thing| thing.get::<Thing>().name()).collect()
    }
}
