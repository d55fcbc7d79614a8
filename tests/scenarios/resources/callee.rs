use std::cell::Cell;

use crate::exports::test::resources::resources::{
    Counter, CounterBorrow, Entry, Guest, GuestCounter, GuestHolder, Holder,
};

pub struct CellCounter(Cell<i64>);

pub struct NamedHolder {
    name: String,
    inner: Counter,
}

impl GuestCounter for CellCounter {
    fn new(start: i64) -> Self {
        CellCounter(Cell::new(start))
    }

    fn add(&self, n: i64) -> i64 {
        self.0.set(self.0.get().wrapping_add(n));
        self.0.get()
    }

    fn get(&self) -> i64 {
        self.0.get()
    }

    fn duplicate(&self) -> Counter {
        new_counter(self.get())
    }

    fn equals(&self, other: CounterBorrow) -> bool {
        self.get() == other.get::<Self>().get()
    }

    fn merge(a: Counter, b: Counter) -> Counter {
        new_counter(value(&a).wrapping_add(value(&b)))
    }
}

impl GuestHolder for NamedHolder {
    fn new(name: String, inner: Counter) -> Self {
        NamedHolder { name, inner }
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn add(&self, n: i64) -> i64 {
        self.inner.get::<CellCounter>().add(n)
    }

    fn open(h: Holder) -> Counter {
        h.into_inner::<Self>().inner
    }
}

impl Guest for crate::Component {
    type Counter = CellCounter;
    type Holder = NamedHolder;

    fn make_many(n: u32) -> Vec<Counter> {
        (0..n).map(|start| new_counter(start.into())).collect()
    }

    fn total(counters: Vec<CounterBorrow>) -> i64 {
        counters.iter().map(|counter| counter.get::<CellCounter>().get()).fold(0, i64::wrapping_add)
    }

    fn consume(counters: Vec<Counter>) -> i64 {
        counters.iter().map(value).fold(0, i64::wrapping_add)
    }

    fn label(counters: Vec<Counter>) -> Vec<Entry> {
        counters.into_iter().map(|counter| Entry { name: value(&counter).to_string(), value: counter }).collect()
    }

    fn pick(entries: Vec<Entry>, name: String) -> Option<Counter> {
        entries.into_iter().find(|entry| entry.name == name).map(|entry| entry.value)
    }

    fn redeem(c: Option<Counter>) -> i64 {
        c.as_ref().map_or(-1, value)
    }
}

fn new_counter(start: i64) -> Counter {
    Counter::new(CellCounter::new(start))
}

fn value(counter: &Counter) -> i64 {
    counter.get::<CellCounter>().get()
}
