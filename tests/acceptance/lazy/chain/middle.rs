//@ args = '--lazy all --lazy test:lazy/store#total:entries --lazy test:lazy/store#same:* --lazy test:lazy/store#entries:result --lazy test:lazy/store#counts:*'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Passes everything on, and never has it in its memory.

include!(env!("BINDINGS"));

use exports::test::lazy::store::*;
use test::lazy::store;

mod memory;

struct Component;

export!(Component);

impl Guest for Component {
    fn held() -> GivenListU32 {
        let behind = store::held();
        let mut all = vec![memory::held()];
        all.extend(behind.to_owned());
        all.into()
    }

    fn text(n: u32) -> GivenString {
        store::text(n).into()
    }

    fn bytes(n: u32) -> GivenListU8 {
        store::bytes(n).into()
    }

    fn entries(n: u32, size: u32) -> GivenListEntry {
        store::entries(n, size).into()
    }

    fn total(entries: LazyListEntry) -> Result<u64, GivenString> {
        store::total((&entries).into()).map_err(GivenString::from)
    }

    fn same(entries: LazyListEntry) -> GivenListEntry {
        store::same((&entries).into()).into()
    }

    fn echo(a: LazyString, b: Option<LazyListU32>) -> (GivenString, Option<GivenListU32>) {
        let (a, b) = store::echo((&a).into(), b.as_ref().map(store::LentListU32::from));
        (a.into(), b.map(GivenListU32::from))
    }

    fn counts(numbers: LazyListTupleStringListU16) -> GivenListTupleStringU32 {
        store::counts((&numbers).into()).into()
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
        let [a, b, c, d, e, f, g, h] = [&a, &b, &c, &d, &e, &f, &g, &h].map(store::LentString::from);
        match store::join(a, b, c, d, e, f, g, h, (&i).into()) {
            Ok(joined) => Ok(joined.into()),
            Err(error) => Err(error.into()),
        }
    }

    fn copied(data: LazyListU8) -> (bool, bool) {
        let here = (memory::without(|| data.try_to_owned().is_ok()), data.try_to_owned().is_ok());
        let behind = store::copied((&data).into());
        (here.0 || behind.0, here.1 && behind.1)
    }
}
