use crate::exports::test::lists::lists::{Guest, Point};

impl Guest for crate::Component {
    fn xor_bytes(data: Vec<u8>, mask: u8) -> Vec<u8> {
        data.into_iter().map(|byte| byte ^ mask).collect()
    }

    fn iota(start: u64, count: u32) -> Vec<u64> {
        (0..count).map(|i| start.wrapping_add(i.into())).collect()
    }

    fn sum(numbers: Vec<u64>) -> u64 {
        numbers.into_iter().fold(0, u64::wrapping_add)
    }

    fn widen(a: Vec<i8>, b: Vec<u16>, c: Vec<i16>, d: Vec<u32>, e: Vec<i32>, f: Vec<i64>, g: Vec<f32>) -> Vec<f64> {
        let mut all: Vec<f64> = a.into_iter().map(f64::from).collect();
        all.extend(b.into_iter().map(f64::from));
        all.extend(c.into_iter().map(f64::from));
        all.extend(d.into_iter().map(f64::from));
        all.extend(e.into_iter().map(f64::from));
        all.extend(f.into_iter().map(|number| number as f64));
        all.extend(g.into_iter().map(f64::from));
        all
    }

    fn invert(bits: Vec<bool>) -> Vec<bool> {
        bits.into_iter().map(|bit| !bit).collect()
    }

    fn explode(s: String) -> Vec<char> {
        s.chars().collect()
    }

    fn implode(chars: Vec<char>) -> String {
        chars.into_iter().collect()
    }

    fn sort(mut strings: Vec<String>) -> Vec<String> {
        strings.sort();
        strings
    }

    fn flatten(groups: Vec<Vec<String>>) -> Vec<String> {
        groups.into_iter().flatten().collect()
    }

    fn group_by_length(strings: Vec<String>) -> Vec<Vec<String>> {
        let longest = strings.iter().map(String::len).max();
        let mut groups = vec![Vec::new(); longest.map_or(0, |length| length + 1)];
        for s in strings {
            groups[s.len()].push(s);
        }
        groups
    }

    fn translate(points: Vec<Point>, dx: i32, dy: i32) -> Vec<Point> {
        let moved = |Point { x, y, label }| Point { x: x.wrapping_add(dx), y: y.wrapping_add(dy), label: label + "'" };
        points.into_iter().map(moved).collect()
    }

    fn weigh(groups: Vec<Vec<Vec<u8>>>) -> Vec<u32> {
        groups.iter().map(|lists| lists.iter().map(|bytes| bytes.len() as u32).sum()).collect()
    }
}
