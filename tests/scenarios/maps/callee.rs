use std::collections::BTreeMap;

use crate::exports::test::maps::maps::Guest;

impl Guest for crate::Component {
    fn invert(m: BTreeMap<String, u32>) -> BTreeMap<u32, String> {
        m.into_iter().map(|(key, value)| (value, key)).collect()
    }

    fn merge(mut a: BTreeMap<u32, u64>, b: BTreeMap<u32, u64>) -> BTreeMap<u32, u64> {
        a.extend(b);
        a
    }

    fn find(mut m: BTreeMap<String, Vec<String>>, key: String) -> Option<Vec<String>> {
        m.remove(&key)
    }

    fn count(s: String) -> BTreeMap<char, u32> {
        let mut counts = BTreeMap::new();
        for c in s.chars() {
            *counts.entry(c).or_default() += 1;
        }
        counts
    }

    fn totals(m: BTreeMap<String, BTreeMap<String, u32>>) -> BTreeMap<String, u32> {
        m.into_iter().map(|(key, inner)| (key, inner.into_values().sum())).collect()
    }

    fn sizes(ms: Vec<BTreeMap<u8, bool>>) -> Vec<u32> {
        ms.iter().map(|m| m.len() as u32).collect()
    }
}
