//@ args = '--lazy all --lazy test:lazy/store#same:entries'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

include!(env!("BINDINGS"));

use std::collections::BTreeMap;

use test::lazy::store::{self, Entry, LazyListEntry, LentString};

mod data;
mod memory;

struct Component;

export!(Component);

impl Guest for Component {
    fn run() {
        all();
        let held = (memory::held(), store::held().to_owned());
        assert_eq!(held.1.len(), 2, "two guests are behind this one");
        all();
        // The list of before is held now.
        assert_eq!((memory::held() - 1, store::held().to_owned()), held, "guests hold more memory than before");
    }
}

fn all() {
    texts();
    bytes();
    entries();
    echoes();
    maps();
    joins();
    two_at_once();
    without_memory();
}

fn texts() {
    for n in [0, 1, 4, 1000] {
        let (text, expected) = (store::text(n), data::text(n));
        assert_eq!((text.len(), text.is_empty()), (expected.len(), n == 0));
        assert_eq!(text.to_owned(), expected);
        assert_eq!(text.try_to_owned().unwrap(), expected);
        for size in [4, 5, 9, 5000] {
            let whole = |piece: String| std::str::from_utf8(piece.as_bytes()).is_ok_and(|piece| piece.len() <= size);
            assert!(text.chunks(size).all(whole));
            assert_eq!(text.chunks(size).collect::<String>(), expected);
        }
        let middle = expected.len() / 3..expected.len() / 2;
        assert_eq!(text.read(middle.clone()), expected.as_bytes()[middle.clone()]);
        let mut bytes = vec![0; middle.len()];
        text.read_into(middle.start, &mut bytes);
        assert_eq!(bytes, expected.as_bytes()[middle]);
    }
}

fn bytes() {
    for n in [0, 1, 1000] {
        let (bytes, expected) = (store::bytes(n), data::bytes(n));
        assert_eq!((bytes.len(), bytes.is_empty()), (expected.len(), n == 0));
        assert_eq!(bytes.to_owned(), expected);
        assert_eq!(bytes.try_to_owned().unwrap(), expected);
        for size in [1, 7, 5000] {
            assert_eq!(bytes.chunks(size).collect::<Vec<_>>().concat(), expected);
        }
        assert_eq!(bytes.read(expected.len() / 2..), expected[expected.len() / 2..]);
        let mut part = vec![0; expected.len() / 4];
        bytes.read_into(expected.len() / 2, &mut part);
        assert_eq!(part, expected[expected.len() / 2..][..part.len()]);
    }
}

/// What the callee makes.
fn expected(n: u32, size: u32) -> Vec<Entry> {
    (0..n).map(|id| Entry { name: data::name(size), id: id.into(), tags: data::tags(id) }).collect()
}

fn assert_same(seen: &[Entry], expected: &[Entry]) {
    assert_eq!(format!("{seen:?}"), format!("{expected:?}"));
}

fn entries() {
    for (n, size) in [(0, 0), (1, 0), (2, 3), (100, 7)] {
        let (entries, expected) = (store::entries(n, size), expected(n, size));
        assert_eq!(entries.len(), expected.len());
        assert_same(&entries.to_owned(), &expected);
        assert_same(&entries.try_to_owned().unwrap(), &expected);
        for piece in [1, 3, 5000] {
            assert_same(&entries.chunks(piece).flatten().collect::<Vec<_>>(), &expected);
        }
        let part = expected.len() / 3..expected.len() / 2;
        assert_same(&entries.read(part.clone()), &expected[part]);
        assert_same(&store::same((&entries).into()).to_owned(), &expected);
        // What is passed on came through all guests.
        let again = store::same((&store::same((&entries).into())).into());
        drop(entries);
        assert_same(&again.to_owned(), &expected);
        total(&expected);
    }
}

fn total(entries: &[Entry]) {
    let sum = entries.iter().map(|entry| data::total(&entry.name, entry.id, &entry.tags)).sum();
    match store::total(entries) {
        Ok(total) => assert!(!entries.is_empty() && total == sum),
        Err(error) => assert!(entries.is_empty() && error.to_owned() == "no entry"),
    }
}

fn echoes() {
    let long = "long ".repeat(1000);
    for (text, list) in [("", None), ("text", Some(vec![])), ("ünïcode", Some(vec![1])), (&long, Some(vec![7; 999]))]
    {
        let sent = list.as_ref().map(|list: &Vec<u32>| list.into());
        let (a, b) = store::echo(text.into(), sent);
        assert_eq!(a.to_owned(), text);
        assert_eq!(b.as_ref().map(|list| list.to_owned()), list.filter(|list| !list.is_empty()));
        // What has arrived is passed on.
        let (again, nothing) = store::echo((&a).into(), None);
        assert_eq!(again.to_owned(), text);
        assert!(nothing.is_none());
        let (nothing, again) = store::echo("".into(), b.as_ref().map(|list| list.into()));
        assert!(nothing.is_empty());
        assert_eq!(again.map(|list| list.to_owned()), b.map(|list| list.to_owned()));
    }
}

fn maps() {
    for n in [0, 1, 50] {
        let numbers: BTreeMap<String, Vec<u16>> =
            (0..n).map(|key| (format!("key {key}"), vec![key; key.into()])).collect();
        let expected: BTreeMap<String, u32> =
            numbers.iter().map(|(key, list)| (key.clone(), list.len() as u32)).collect();
        let counts = store::counts(&numbers);
        assert_eq!(counts.len(), expected.len());
        assert_eq!(counts.to_owned().into_iter().collect::<BTreeMap<_, _>>(), expected);
    }
}

fn joins() {
    let text = store::text(9);
    let bytes = store::bytes(300);
    let [a, c, e, g] = ["a", "cc", "", "gggg"].map(LentString::from);
    let h = LentString::from(&text);
    let Ok(joined) = store::join(a, h, c, "d".into(), e, h, g, "ü".into(), (&bytes).into()) else {
        panic!("an error")
    };
    let (text, bytes) = (text.to_owned(), bytes.to_owned());
    assert_eq!(joined.to_owned(), [format!("a{text}ccd{text}ggggü").as_bytes(), &bytes].concat());
    let Err(error) = store::join(e, e, e, e, e, e, e, e, (&[]).into()) else { panic!("no error") };
    assert_eq!(error.to_owned(), "nothing");
}

/// Each call's result lives as long as it is not dropped.
fn two_at_once() {
    let results: [fn(&LazyListEntry) -> Vec<Entry>; 2] =
        [|entries| entries.to_owned(), |entries| entries.chunks(2).flatten().collect()];
    for read in results {
        let (first, second) = (store::entries(5, 2), store::entries(7, 1));
        assert_same(&read(&first), &expected(5, 2));
        assert_same(&read(&second), &expected(7, 1));
        drop(second);
        assert_same(&read(&first), &expected(5, 2));
    }
    let (first, second, third) = (store::text(5), store::text(6), store::text(7));
    drop(second);
    assert_eq!([third.to_owned(), first.to_owned()], [data::text(7), data::text(5)]);
}

fn without_memory() {
    let much = memory::MUCH as u32;
    let (bytes, entries, text) = (store::bytes(much), store::entries(2, much), store::text(much));
    assert!(memory::without(|| bytes.try_to_owned().is_err()));
    assert!(memory::without(|| entries.try_to_owned().is_err()));
    assert!(memory::without(|| text.try_to_owned().is_err()));
    assert_eq!(memory::without(|| bytes.read(much as usize - 3..)), bytes.to_owned()[much as usize - 3..]);
    assert_eq!(bytes.try_to_owned().unwrap().len(), bytes.len());
    assert_eq!(entries.try_to_owned().unwrap()[1].name.len(), bytes.len());
    assert_eq!(text.try_to_owned().unwrap().len(), text.len());
    assert_eq!(store::copied((&bytes).into()), (false, true));
    assert_eq!(store::copied((&[]).into()), (true, true));
}
