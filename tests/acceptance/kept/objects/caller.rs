//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

use test::kept::store::{self, Mark};

struct Component;

export!(Component);

impl Guest for Component {
    fn run() {
        for n in [1, 2, 20] {
            let made = store::make(n);
            assert_eq!(made.len(), n as usize);
            assert_eq!(store::total(&made), u64::from(n * (n - 1) / 2));
            let first = store::first(&made);
            assert_eq!((first.name.as_str(), first.id, first.small), ("n0", 0, -1));
            assert!(matches!(&first.mark, Mark::Noted(text) if text == "hé"));
            assert_eq!(first.tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
        }
        assert!(store::make(0).is_empty());
        assert_eq!(store::total(&[]), 0);
        assert_eq!(store::twice("é"), "éé");
    }
}
