//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

use exports::test::kept::store::{Entry, Guest, Mark};

struct Component;

export!(Component);

impl Guest for Component {
    fn make(n: u32) -> Vec<Entry> {
        let even = |id: u32| id % 2 == 0;
        let entry = |id| Entry {
            name: format!("n{id}"),
            id: u64::from(id),
            small: -1 - id as i8,
            mark: if even(id) { Mark::Noted("hé".to_owned()) } else { Mark::Plain },
            tags: even(id).then(|| vec!["a".to_owned(), "b".to_owned()]),
        };
        (0..n).map(entry).collect()
    }

    fn total(entries: Vec<Entry>) -> u64 {
        entries.iter().map(|entry| entry.id).sum()
    }

    fn first(entries: Vec<Entry>) -> Entry {
        entries.into_iter().next().expect("there is an entry")
    }

    fn twice(name: String) -> String {
        name.repeat(2)
    }
}
