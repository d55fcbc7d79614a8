use crate::check::Checks;
use crate::exports::test::resources::check_resources::Guest;
use crate::test::resources::resources::{self, Counter, Entry, Holder};

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        methods(&mut checks)?;
        limits(&mut checks)?;
        merging(&mut checks)?;
        holders(&mut checks)?;
        borrowed_lists(&mut checks)?;
        owned_lists(&mut checks)?;
        entries(&mut checks)?;
        options(&mut checks)?;
        Ok(checks.count)
    }
}

fn methods(checks: &mut Checks) -> Result<(), String> {
    let counter = Counter::new(40);
    checks.equal("counter(40).get()", 40, counter.get())?;
    let twin = counter.duplicate();
    checks.equal("counter(40).duplicate().get()", 40, twin.get())?;
    checks.equal("counter(40).equals(its duplicate)", true, counter.equals(&twin))?;
    checks.equal("counter(40).add(2)", 42, counter.add(2))?;
    checks.equal("counter(42).get()", 42, counter.get())?;
    checks.equal("counter(40).get()", 40, twin.get())?;
    checks.equal("counter(42).equals(counter(40))", false, counter.equals(&twin))?;
    checks.equal("counter(42).equals(itself)", true, counter.equals(&counter))?;
    checks.equal("counter(42).add(-43)", -1, counter.add(-43))?;
    checks.equal("counter(-1).add(0)", -1, counter.add(0))?;
    drop(counter);
    checks.equal("counter(40).get() without its original", 40, twin.get())
}

fn limits(checks: &mut Checks) -> Result<(), String> {
    let counter = Counter::new(i64::MAX);
    checks.equal("counter(largest).get()", i64::MAX, counter.get())?;
    checks.equal("counter(largest).add(1)", i64::MIN, counter.add(1))?;
    checks.equal("counter(smallest).add(smallest)", 0, counter.add(i64::MIN))?;
    drop(counter);
    let counter = Counter::new(i64::MIN);
    checks.equal("counter(smallest).get()", i64::MIN, counter.get())?;
    checks.equal("counter(smallest).add(-1)", i64::MAX, counter.add(-1))
}

fn merging(checks: &mut Checks) -> Result<(), String> {
    let merged = Counter::merge(Counter::new(30), Counter::new(12));
    checks.equal("counter.merge(counter(30), counter(12)).get()", 42, merged.get())?;
    let merged = Counter::merge(merged, Counter::new(i64::MAX));
    checks.equal("counter.merge(counter(42), counter(largest)).get()", i64::MIN + 41, merged.get())
}

fn holders(checks: &mut Checks) -> Result<(), String> {
    let counter = Counter::new(5);
    counter.add(1);
    let holder = Holder::new("é\0𝄞", counter);
    checks.equal("holder(\"é\\0𝄞\", counter(6)).name()", "é\0𝄞", holder.name())?;
    checks.equal("holder(\"é\\0𝄞\", counter(6)).add(3)", 9, holder.add(3))?;
    let counter = Holder::open(holder);
    checks.equal("holder.open(holder(\"é\\0𝄞\", counter(9))).get()", 9, counter.get())?;

    let holder = Holder::new("", counter);
    checks.equal("holder(\"\", counter(9)).name()", "", holder.name())?;
    checks.equal("holder(\"\", counter(9)).add(0)", 9, holder.add(0))
}

fn borrowed_lists(checks: &mut Checks) -> Result<(), String> {
    let [a, b] = [Counter::new(i64::MAX), Counter::new(2)];
    checks.equal("total([])", 0, resources::total(&[]))?;
    checks.equal("total([counter(2)])", 2, resources::total(&[&b]))?;
    checks.equal("total([counter(2), the same, the same])", 6, resources::total(&[&b, &b, &b]))?;
    checks.equal("total([counter(largest), counter(2)])", i64::MIN + 1, resources::total(&[&a, &b]))?;
    checks.equal("counter(2).get() after total", 2, b.get())?;
    drop((a, b));

    let many = resources::make_many(1000);
    let every_third: Vec<&Counter> = many.iter().step_by(3).collect();
    checks.equal("total(every third of make-many(1000))", 166_833, resources::total(&every_third))
}

fn owned_lists(checks: &mut Checks) -> Result<(), String> {
    checks.equal("length of make-many(0)", 0, resources::make_many(0).len())?;
    let mut many = resources::make_many(1000);
    let values: Vec<i64> = many.iter().map(Counter::get).collect();
    checks.equal("values of make-many(1000)", (0..1000).collect::<Vec<_>>(), values)?;
    drop(many.remove(10));
    checks.equal("consume(make-many(1000) without counter(10))", 499_490, resources::consume(many))?;

    checks.equal("consume([])", 0, resources::consume(vec![]))?;
    let wrapping = vec![Counter::new(i64::MIN), Counter::new(-1)];
    checks.equal("consume([counter(smallest), counter(-1)])", i64::MAX, resources::consume(wrapping))
}

fn entries(checks: &mut Checks) -> Result<(), String> {
    checks.equal("length of label([])", 0, resources::label(vec![]).len())?;
    let counters = [7, i64::MIN, 7, 0].map(Counter::new);
    let entries = resources::label(counters.into());
    let labelled: Vec<(&str, i64)> = entries.iter().map(|entry| (entry.name.as_str(), entry.value.get())).collect();
    let expected = [("7", 7), ("-9223372036854775808", i64::MIN), ("7", 7), ("0", 0)];
    checks.equal("label(counters of 7, smallest, 7, 0)", expected, labelled)?;

    // Tells the first 7 from the second.
    entries[0].value.add(1);
    let picked = resources::pick(entries, "7");
    checks.equal("pick(four entries, \"7\")", Some(8), picked.as_ref().map(Counter::get))
}

fn options(checks: &mut Checks) -> Result<(), String> {
    let entry = |name: &str, value| Entry { name: name.to_string(), value: Counter::new(value) };
    let picked = resources::pick(vec![entry("", 1), entry("é\0", 2)], "é\0");
    checks.equal("redeem(pick(two entries, \"é\\0\"))", 2, resources::redeem(picked))?;

    let picked = resources::pick(vec![entry("a", 1), entry("b", 2)], "");
    checks.equal("redeem(pick(two entries, \"\"))", -1, resources::redeem(picked))?;
    checks.equal("pick([], \"\") is some", false, resources::pick(vec![], "").is_some())?;
    checks.equal("redeem(none)", -1, resources::redeem(None))?;
    checks.equal("redeem(some(counter(smallest)))", i64::MIN, resources::redeem(Some(Counter::new(i64::MIN))))
}
