//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Has nothing lazy in its source.

include!(env!("BINDINGS"));

use std::collections::BTreeMap;

use exports::test::lazy::store::{Entry, Guest};

mod data;
mod memory;

struct Component;

export!(Component);

impl Guest for Component {
    fn held() -> Vec<u32> {
        vec![memory::held()]
    }

    fn text(n: u32) -> String {
        data::text(n)
    }

    fn bytes(n: u32) -> Vec<u8> {
        data::bytes(n)
    }

    fn entries(n: u32, size: u32) -> Vec<Entry> {
        (0..n).map(|id| Entry { name: data::name(size), id: id.into(), tags: data::tags(id) }).collect()
    }

    fn total(entries: Vec<Entry>) -> Result<u64, String> {
        let total = |entry: &Entry| data::total(&entry.name, entry.id, &entry.tags);
        match entries.is_empty() {
            true => Err("no entry".to_owned()),
            false => Ok(entries.iter().map(total).sum()),
        }
    }

    fn same(entries: Vec<Entry>) -> Vec<Entry> {
        entries
    }

    fn echo(a: String, b: Option<Vec<u32>>) -> (String, Option<Vec<u32>>) {
        (a, b.filter(|list| !list.is_empty()))
    }

    fn counts(numbers: BTreeMap<String, Vec<u16>>) -> BTreeMap<String, u32> {
        numbers.into_iter().map(|(key, numbers)| (key, numbers.len() as u32)).collect()
    }

    fn join(
        a: String,
        b: String,
        c: String,
        d: String,
        e: String,
        f: String,
        g: String,
        h: String,
        i: Vec<u8>,
    ) -> Result<Vec<u8>, String> {
        let joined = [[a, b, c, d, e, f, g, h].concat().into_bytes(), i].concat();
        match joined.is_empty() {
            true => Err("nothing".to_owned()),
            false => Ok(joined),
        }
    }

    fn copied(data: Vec<u8>) -> (bool, bool) {
        let copied = || Vec::<u8>::new().try_reserve_exact(data.len()).is_ok();
        (memory::without(copied), copied())
    }
}
