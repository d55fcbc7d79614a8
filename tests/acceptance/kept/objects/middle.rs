//@ args = '--lazy all'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Passes objects on, and reads them before.

include!(env!("BINDINGS"));

use exports::test::kept::store::Guest;
use objects::{Gc, GcListEntry};
use test::kept::store::{self, Entry, Mark};

struct Component;

export!(Component);

impl Guest for Component {
    fn make(n: u32) -> GcListEntry {
        let made = store::make(n);
        assert_eq!(made.length(), n);
        made
    }

    fn total(entries: GcListEntry) -> u64 {
        let ids: u64 = (0..entries.length()).map(|index| entries.keep_at(index).id()).sum();
        let total = store::total(&entries);
        assert_eq!(total, ids);
        total
    }

    fn first(entries: Gc<Vec<Entry>>) -> Gc<Entry> {
        let first = entries.keep_at(0);
        assert_eq!((first.name().as_str(), first.id(), first.small()), ("n0", 0, -1));
        assert_eq!(first.keep_name().length(), 2);
        let mark = first.keep_mark();
        assert_eq!((mark.case(), mark.noted().as_str()), (1, "hé"));
        let tags = first.keep_tags();
        assert_eq!(tags.case(), 1);
        assert_eq!((tags.keep_some().length(), tags.keep_some().at(1).as_str()), (2, "b"));
        if entries.length() > 1 {
            let second: Entry = entries.at(1);
            assert!(matches!((second.mark, second.tags, second.small), (Mark::Plain, None, -2)));
            assert_eq!(entries.keep_at(1).keep_mark().case(), 0);
        }
        Gc::<Entry>::new(&store::first(&entries).read())
    }

    fn twice(name: Gc<String>) -> Gc<String> {
        let twice = store::twice(&name);
        assert_eq!(twice.read(), name.read().repeat(2));
        assert_eq!(twice.length(), 2 * name.length());
        twice
    }
}
