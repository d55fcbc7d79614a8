use std::collections::BTreeMap;

use crate::check;
use crate::check::Checks;
use crate::exports::test::maps::check_maps::Guest;
use crate::test::maps::maps::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        inversions(&mut checks)?;
        merges(&mut checks)?;
        finds(&mut checks)?;
        counts(&mut checks)?;
        nested(&mut checks)?;
        lists(&mut checks)?;
        Ok(checks.count)
    }
}

fn inversions(checks: &mut Checks) -> Result<(), String> {
    for (map, inverted) in [
        (by_name([]), vec![]),
        (by_name([("", 0)]), vec![(0, "")]),
        (by_name([("é\0", u32::MAX), ("𝄞", 1), ("z", 2)]), vec![(1, "𝄞"), (2, "z"), (u32::MAX, "é\0")]),
    ] {
        check!(checks, invert(&map) == BTreeMap::from_iter(inverted))?;
    }
    let many = (0..10_000).map(|i| (format!("#{i}"), i)).collect();
    check!(checks, invert(&many) == BTreeMap::from_iter((0..10_000).map(|i| (i, format!("#{i}")))))
}

fn merges(checks: &mut Checks) -> Result<(), String> {
    let numbers: BTreeMap<u32, u64> = [(0, 0), (7, 1 << 63), (u32::MAX, u64::MAX)].into();
    let evens: BTreeMap<u32, u64> = (0..50_000).map(|i| (2 * i, 0)).collect();
    let threes: BTreeMap<u32, u64> = (0..50_000).map(|i| (3 * i, 1)).collect();
    let either = (0..150_000).filter(|i| i % 3 == 0 || (i % 2 == 0 && *i < 100_000)).map(|i| (i, (i % 3 == 0).into()));
    for (a, b, merged) in [
        ([].into(), [].into(), [].into()),
        (numbers.clone(), [].into(), numbers.clone()),
        ([].into(), numbers.clone(), numbers.clone()),
        ([(1, 10), (2, 20)].into(), [(2, 21), (3, 31)].into(), [(1, 10), (2, 21), (3, 31)].into()),
        ([(7, 0), (u32::MAX, 0)].into(), numbers.clone(), numbers),
        (evens, threes, either.collect()),
    ] {
        check!(checks, merge(&a, &b) == merged)?;
    }
    Ok(())
}

fn finds(checks: &mut Checks) -> Result<(), String> {
    let list = |strings: &[&str]| strings.iter().map(|s| s.to_string()).collect();
    let lists = by_name([
        ("", list(&["nameless"])),
        ("none", list(&[])),
        ("é\0", list(&["", "é\0", "𝄞"])),
        ("é", list(&["other"])),
    ]);
    for (map, key, found) in [
        (&lists, "", Some(vec!["nameless"])),
        (&lists, "none", Some(vec![])),
        (&lists, "é\0", Some(vec!["", "é\0", "𝄞"])),
        (&lists, "é", Some(vec!["other"])),
        (&lists, "e", None),
        (&lists, "\0", None),
        (&by_name([]), "", None),
    ] {
        check!(checks, find(map, key) == found)?;
    }
    Ok(())
}

fn counts(checks: &mut Checks) -> Result<(), String> {
    for (s, expected) in [
        ("", vec![]),
        ("a", vec![('a', 1)]),
        ("hello", vec![('e', 1), ('h', 1), ('l', 2), ('o', 1)]),
        ("é€\0𝄞€\0€", vec![('\0', 2), ('é', 1), ('€', 3), ('𝄞', 1)]),
        ("\u{d7ff}\u{10ffff}\u{e000}\u{10ffff}", vec![('\u{d7ff}', 1), ('\u{e000}', 1), ('\u{10ffff}', 2)]),
        (&"ab𝄞a".repeat(25_000), vec![('a', 50_000), ('b', 25_000), ('𝄞', 25_000)]),
    ] {
        check!(checks, count(s) == BTreeMap::from_iter(expected))?;
    }
    Ok(())
}

fn nested(checks: &mut Checks) -> Result<(), String> {
    for (maps, expected) in [
        (by_name([]), by_name([])),
        (by_name([("empty", by_name([]))]), by_name([("empty", 0)])),
        (
            by_name([("a", by_name([("x", 1), ("y", 20), ("", 300)])), ("é\0", by_name([("x", u32::MAX)]))]),
            by_name([("a", 321), ("é\0", u32::MAX)]),
        ),
        (by_name([("", by_name([("", 5)])), ("none", by_name([]))]), by_name([("", 5), ("none", 0)])),
    ] {
        check!(checks, totals(&maps) == expected)?;
    }
    let squares = (0..100).map(|i| (i.to_string(), (0..i).map(|j| (j.to_string(), i)).collect())).collect();
    check!(checks, totals(&squares) == BTreeMap::from_iter((0..100).map(|i| (i.to_string(), i * i))))
}

fn lists(checks: &mut Checks) -> Result<(), String> {
    let every = BTreeMap::from_iter((0..=u8::MAX).map(|i| (i, i % 2 == 0)));
    for (maps, expected) in [
        (vec![], vec![]),
        (vec![[].into()], vec![0]),
        (vec![[(255, true)].into()], vec![1]),
        (vec![[].into(), every, [].into(), [(0, false), (1, true)].into()], vec![0, 256, 0, 2]),
        (vec![[(1, true), (2, false), (3, true)].into(); 1000], vec![3; 1000]),
    ] {
        check!(checks, sizes(&maps) == expected)?;
    }
    Ok(())
}

fn by_name<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}
