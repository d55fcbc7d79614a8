//@ args = '--lazy all --lazy test:handles/store#take:things'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

use test::handles::front;
use test::handles::store::{self, Thing};

struct Component;

export!(Component);

/// Each is to make this many.
const N: u32 = 5;

impl Guest for Component {
    fn run() {
        read_all();
        read_some();
        passed_on();
        own();
    }
}

fn living(expected: u32) {
    assert_eq!(store::living(), expected);
}

fn names(things: impl IntoIterator<Item = Thing>) -> Vec<String> {
    things.into_iter().map(|thing| thing.name().to_owned()).collect()
}

fn numbers(numbers: std::ops::Range<u32>) -> Vec<String> {
    numbers.map(|number| number.to_string()).collect()
}

/// What is read is the caller's own.
fn read_all() {
    let things = store::make(N).to_owned();
    living(N);
    assert_eq!(names(things), numbers(0..N));
    living(0);
    assert_eq!(names(front::make(N).to_owned()), numbers(0..N));
    assert_eq!(names(front::make(N).chunks(2).flatten()), numbers(0..N));
    assert!(front::make(0).to_owned().is_empty());
    living(0);
}

/// What is not read ends with the list.
fn read_some() {
    let things = front::make(N);
    let first = things.read(..2);
    living(N);
    drop(things);
    living(2);
    assert_eq!(names(first), numbers(0..2));
    living(0);
    drop(front::make(N));
    drop(store::make(N));
    living(0);
}

fn passed_on() {
    for things in [store::make(N), store::make(0)] {
        let n = things.len() as u32;
        assert_eq!(store::take((&things).into()).to_owned(), numbers(0..n));
        living(0);
    }
    let things = front::make(N);
    assert_eq!(store::take((&things).into()).to_owned(), numbers(0..N));
    living(0);
}

fn own() {
    let things = ["one", "two"].map(|name| Thing::new(name.into()));
    living(2);
    assert_eq!(front::take(things.into()).to_owned(), ["one", "two"]);
    living(0);
}
