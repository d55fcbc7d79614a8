//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Has nothing lazy in its source: what the middle passes on becomes its own.

include!(env!("BINDINGS"));

use std::collections::BTreeMap;

use test::lazy::store;

mod data;
mod memory;

struct Component;

export!(Component);

impl Guest for Component {
    fn run() {
        all();
        let held = (memory::held(), store::held());
        assert_eq!(held.1.len(), 2, "two guests are behind this one");
        all();
        // The list of before is held now.
        assert_eq!((memory::held() - 1, store::held()), held, "guests hold more memory than before");
    }
}

fn all() {
    for n in [0, 1, 9, 1000] {
        assert_eq!(store::text(n), data::text(n));
        assert_eq!(store::bytes(n), data::bytes(n));
        entries(n, n / 3);
        joins(n);
    }
    for (text, list) in [("", None), ("text", Some(&[][..])), ("ünïcode", Some(&[1, 2]))] {
        let (a, b) = store::echo(text, list);
        assert_eq!((&*a, b.as_deref()), (text, list.filter(|list| !list.is_empty())));
    }
    let numbers = (0..9).map(|key| (key.to_string(), vec![key; key.into()])).collect();
    let counts: BTreeMap<String, u32> = (0..9).map(|key| (key.to_string(), key)).collect();
    assert_eq!(store::counts(&numbers), counts);
    let much = vec![1; memory::MUCH];
    assert_eq!([store::copied(&much), store::copied(&[])], [(false, true), (true, true)]);
}

fn entries(n: u32, size: u32) {
    let entries = store::entries(n, size);
    assert_eq!(entries.len(), n as usize);
    for (id, entry) in (0..n).zip(&entries) {
        let expected = (data::name(size), u64::from(id), data::tags(id));
        assert_eq!((entry.name.clone(), entry.id, entry.tags.clone()), expected);
    }
    assert_eq!(format!("{:?}", store::same(&entries)), format!("{entries:?}"));
    let total = entries.iter().map(|entry| data::total(&entry.name, entry.id, &entry.tags)).sum();
    let expected = if n > 0 { Ok(total) } else { Err("no entry".to_owned()) };
    assert_eq!(store::total(&entries), expected);
}

fn joins(n: u32) {
    let (text, bytes) = (data::text(n), data::bytes(n));
    let joined = [text.repeat(8).as_bytes(), &bytes].concat();
    let expected = if n > 0 { Ok(joined) } else { Err("nothing".to_owned()) };
    assert_eq!(store::join(&text, &text, &text, &text, &text, &text, &text, &text, &bytes), expected);
}
