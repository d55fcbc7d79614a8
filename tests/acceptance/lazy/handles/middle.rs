//@ args = '--lazy test:handles/*#*:things --lazy test:handles/*#*:result'
//@ [lang]
//@ rustflags = ['-O', '-Dwarnings']

// Passes everything on, and never has a handle in its table.

include!(env!("BINDINGS"));

use exports::test::handles::front::*;
use test::handles::store;

struct Component;

export!(Component);

impl Guest for Component {
    fn make(n: u32) -> GivenListOwnThing {
        store::make(n).into()
    }

    fn take(things: LazyListOwnThing) -> GivenListString {
        store::take((&things).into()).into()
    }
}
