//@ args = '--lazy all --lazy test:lazy/store#same:result'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Reads what arrives in pieces, and returns parameters, which are copied.

include!(env!("BINDINGS"));

use std::collections::BTreeMap;

use exports::test::lazy::store::*;

mod data;
mod memory;

struct Component;

export!(Component);

impl Guest for Component {
    fn held() -> GivenListU32 {
        vec![memory::held()].into()
    }

    fn text(n: u32) -> GivenString {
        data::text(n).into()
    }

    fn bytes(n: u32) -> GivenListU8 {
        data::bytes(n).into()
    }

    fn entries(n: u32, size: u32) -> Vec<Entry> {
        (0..n).map(|id| Entry { name: data::name(size), id: id.into(), tags: data::tags(id) }).collect()
    }

    fn total(entries: LazyListEntry) -> Result<u64, GivenString> {
        let total = |entries: Vec<Entry>| -> u64 {
            entries.iter().map(|entry| data::total(&entry.name, entry.id, &entry.tags)).sum()
        };
        let whole = total(entries.to_owned());
        for size in [1, 2, entries.len() + 1] {
            assert_eq!(entries.chunks(size).map(total).sum::<u64>(), whole);
        }
        match entries.is_empty() {
            true => Err("no entry".into()),
            false => Ok(whole),
        }
    }

    fn same(entries: LazyListEntry) -> GivenListEntry {
        entries.into()
    }

    fn echo(a: LazyString, b: Option<LazyListU32>) -> (GivenString, Option<GivenListU32>) {
        (a.into(), b.filter(|list| !list.is_empty()).map(GivenListU32::from))
    }

    fn counts(numbers: LazyListTupleStringListU16) -> BTreeMap<String, u32> {
        let ones = numbers.chunks(1).flatten();
        ones.map(|(key, numbers)| (key, numbers.len() as u32)).collect()
    }

    fn join(
        a: LazyString,
        b: LazyString,
        c: LazyString,
        d: LazyString,
        e: LazyString,
        f: LazyString,
        g: LazyString,
        h: LazyString,
        i: LazyListU8,
    ) -> Result<GivenListU8, GivenString> {
        let mut joined = a.to_owned() + &b.try_to_owned().unwrap();
        joined.extend([c, d, e, f].iter().flat_map(|text| text.chunks(4)));
        let mut joined = joined.into_bytes();
        joined.extend([g.read(..), h.read(..)].concat());
        let start = joined.len();
        joined.resize(start + i.len(), 0);
        i.read_into(0, &mut joined[start..]);
        match joined.is_empty() {
            true => Err(String::from("nothing").into()),
            false => Ok(joined.into()),
        }
    }

    fn copied(data: LazyListU8) -> (bool, bool) {
        (memory::without(|| data.try_to_owned().is_ok()), data.try_to_owned().is_ok())
    }
}
