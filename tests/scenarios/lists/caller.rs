use crate::check;
use crate::check::Checks;
use crate::exports::test::lists::check_lists::Guest;
use crate::test::lists::lists::*;

const MANY: u32 = 100_000;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        numbers(&mut checks)?;
        widening(&mut checks)?;
        bools_and_chars(&mut checks)?;
        sorting(&mut checks)?;
        nesting(&mut checks)?;
        grouping(&mut checks)?;
        points(&mut checks)?;
        weights(&mut checks)?;
        Ok(checks.count)
    }
}

fn numbers(checks: &mut Checks) -> Result<(), String> {
    for (data, mask, expected) in [
        (vec![], 0xff, vec![]),
        (vec![0x5a], 0, vec![0x5a]),
        (vec![0x5a], 0xff, vec![0xa5]),
        (vec![0, 1, 127, 128, 255], 0x80, vec![128, 129, 255, 0, 127]),
    ] {
        check!(checks, xor_bytes(&data, mask) == expected)?;
    }
    let bytes: Vec<u8> = (0..MANY).map(|i| i as u8).collect();
    let flipped: Vec<u8> = (0..MANY).map(|i| 255 - i as u8).collect();
    check!(checks, xor_bytes(&bytes, 0xff) == flipped)?;

    for (start, count, expected) in [
        (7, 0, vec![]),
        (0, 1, vec![0]),
        (u64::MAX, 1, vec![u64::MAX]),
        (u64::MAX - 1, 4, vec![u64::MAX - 1, u64::MAX, 0, 1]),
        (u64::MAX >> 1, 2, vec![0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000]),
    ] {
        check!(checks, iota(start, count) == expected)?;
    }
    let many: Vec<u64> = (1..=MANY.into()).collect();
    check!(checks, iota(1, MANY) == many)?;

    for (numbers, expected) in [
        (vec![], 0),
        (vec![u64::MAX], u64::MAX),
        (vec![u64::MAX, 1], 0),
        (vec![1 << 63, 1 << 63, 5], 5),
        (vec![1, 20, 300, 4000], 4321),
        (many, 5_000_050_000),
    ] {
        check!(checks, sum(&numbers) == expected)?;
    }
    Ok(())
}

fn widening(checks: &mut Checks) -> Result<(), String> {
    let floats = vec![-0.0, 0.1, 1e-45, f32::MAX, f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
    let wide_floats = vec![
        -0.0,
        0.100_000_001_490_116_12,
        1.401_298_464_324_817e-45,
        3.402_823_466_385_288_6e38,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    let integers = vec![i64::MIN, -1, 1 << 53, i64::MAX];
    let rounded = vec![-9_223_372_036_854_775_808.0, -1.0, 9_007_199_254_740_992.0, 9_223_372_036_854_775_808.0];
    for (a, b, c, d, e, f, g, expected) in [
        (vec![], vec![], vec![], vec![], vec![], vec![], vec![], vec![]),
        (vec![1], vec![2], vec![3], vec![4], vec![5], vec![6], vec![7.5], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.5]),
        (vec![], vec![], vec![-1], vec![], vec![], vec![], vec![0.5], vec![-1.0, 0.5]),
        (vec![-128, -1, 127], vec![], vec![], vec![], vec![], vec![], vec![], vec![-128.0, -1.0, 127.0]),
        (vec![], vec![0, u16::MAX], vec![], vec![], vec![], vec![], vec![], vec![0.0, 65_535.0]),
        (vec![], vec![], vec![i16::MIN, i16::MAX], vec![], vec![], vec![], vec![], vec![-32_768.0, 32_767.0]),
        (vec![], vec![], vec![], vec![0, u32::MAX], vec![], vec![], vec![], vec![0.0, 4_294_967_295.0]),
        (vec![], vec![], vec![], vec![], vec![i32::MIN, -1], vec![], vec![], vec![-2_147_483_648.0, -1.0]),
        (vec![], vec![], vec![], vec![], vec![], integers, vec![], rounded),
        (vec![], vec![], vec![], vec![], vec![], vec![], floats, wide_floats),
    ] {
        check!(checks, widen(&a, &b, &c, &d, &e, &f, &g) == expected)?;
    }
    Ok(())
}

fn bools_and_chars(checks: &mut Checks) -> Result<(), String> {
    for (bits, inverted) in [
        (vec![], vec![]),
        (vec![true], vec![false]),
        (vec![false, true, true], vec![true, false, false]),
        ((0..MANY).map(|i| i % 3 == 0).collect(), (0..MANY).map(|i| i % 3 != 0).collect()),
    ] {
        check!(checks, invert(&bits) == inverted)?;
    }

    let edges = ['\0', '\u{7f}', '\u{80}', '\u{d7ff}', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{10ffff}'];
    for (s, chars) in [
        ("", vec![]),
        ("a", vec!['a']),
        ("aé€𝄞", vec!['a', 'é', '€', '𝄞']),
        ("e\u{301}\0", vec!['e', '\u{301}', '\0']),
        ("\0\u{7f}\u{80}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{10ffff}", edges.to_vec()),
        (&"0é2€4𝄞6789".repeat(10_000), ['0', 'é', '2', '€', '4', '𝄞', '6', '7', '8', '9'].repeat(10_000)),
    ] {
        check!(checks, explode(s) == chars)?;
        check!(checks, implode(&chars) == s)?;
    }
    Ok(())
}

fn sorting(checks: &mut Checks) -> Result<(), String> {
    for (unsorted, sorted) in [
        (&[][..], &[][..]),
        (&[""], &[""]),
        (&["b", "a"], &["a", "b"]),
        (&["b", "", "ab", "a", "b", "B"], &["", "B", "a", "ab", "b", "b"]),
        (&["a\0b", "a", "a\0"], &["a", "a\0", "a\0b"]),
        (&["10", "9", "1"], &["1", "10", "9"]),
        // Other than in UTF-16, U+10000 comes behind U+FFFF.
        (&["\u{10000}", "\u{ffff}", "é", "z", "€"], &["z", "é", "€", "\u{ffff}", "\u{10000}"]),
    ] {
        check!(checks, sort(&owned(unsorted)) == sorted)?;
    }
    let sorted: Vec<String> = (0..MANY).map(|i| format!("{i:05}")).collect();
    let backwards: Vec<String> = sorted.iter().rev().cloned().collect();
    check!(checks, sort(&backwards) == sorted)
}

fn nesting(checks: &mut Checks) -> Result<(), String> {
    for (groups, flat) in [
        (&[][..], &[][..]),
        (&[&[][..]], &[]),
        (&[&[], &[], &[]], &[]),
        (&[&[""]], &[""]),
        (&[&["a", "é"], &[], &["", "€\0"], &[], &["𝄞"]], &["a", "é", "", "€\0", "𝄞"]),
        (&[&[], &["x"]], &["x"]),
    ] {
        let groups: Vec<Vec<String>> = groups.iter().map(|group| owned(group)).collect();
        check!(checks, flatten(&groups) == flat)?;
    }
    let many: Vec<String> = (0..MANY).map(|i| format!("#{i}")).collect();
    let groups: Vec<Vec<String>> = many.chunks(1000).map(<[String]>::to_vec).collect();
    check!(checks, flatten(&groups) == many)?;
    let single: Vec<Vec<String>> = many.chunks(1).map(<[String]>::to_vec).collect();
    check!(checks, flatten(&single) == many)
}

fn grouping(checks: &mut Checks) -> Result<(), String> {
    for (strings, groups) in [
        (&[][..], &[][..]),
        (&[""], &[&[""][..]]),
        (&["", ""], &[&["", ""]]),
        (&["abc"], &[&[], &[], &[], &["abc"]]),
        (&["b", "é", "a", "", "aa", "𝄞"], &[&[""], &["b", "a"], &["é", "aa"], &[], &["𝄞"]]),
    ] {
        check!(checks, group_by_length(&owned(strings)) == groups)?;
    }
    let strings: Vec<String> = (0..1000).map(|length| "x".repeat(length)).collect();
    let groups: Vec<[&String; 1]> = strings.iter().map(|s| [s]).collect();
    check!(checks, group_by_length(&strings) == groups)
}

fn points(checks: &mut Checks) -> Result<(), String> {
    let point = |x, y, label: &str| Point { x, y, label: label.to_string() };
    for (points, dx, dy, moved) in [
        (vec![], 1, 1, vec![]),
        (vec![point(0, 0, "")], 0, 0, vec![point(0, 0, "'")]),
        (
            vec![point(1, -1, "a"), point(i32::MAX, i32::MIN, "é\0"), point(-100, 100, "𝄞")],
            1,
            -1,
            vec![point(2, -2, "a'"), point(i32::MIN, i32::MAX, "é\0'"), point(-99, 99, "𝄞'")],
        ),
        (vec![point(i32::MIN, -1, "m")], i32::MIN, i32::MAX, vec![point(0, i32::MAX - 1, "m'")]),
        (
            (0..MANY as i32).map(|i| point(i, -i, &i.to_string())).collect(),
            -5,
            7,
            (0..MANY as i32).map(|i| point(i - 5, 7 - i, &format!("{i}'"))).collect(),
        ),
    ] {
        check!(checks, translate(&points, dx, dy) == moved)?;
    }
    Ok(())
}

fn weights(checks: &mut Checks) -> Result<(), String> {
    for (groups, expected) in [
        (vec![], vec![]),
        (vec![vec![]], vec![0]),
        (vec![vec![vec![]]], vec![0]),
        (vec![vec![vec![255]]], vec![1]),
        (vec![vec![], vec![vec![], vec![]], vec![vec![1, 2], vec![], vec![3]]], vec![0, 0, 3]),
        (vec![vec![vec![0; MANY as usize], vec![7]], vec![]], vec![MANY + 1, 0]),
        ((0..300).map(|i| vec![vec![1; i]; 3]).collect(), (0..300).map(|i| 3 * i).collect()),
        (vec![vec![vec![]; MANY as usize]], vec![0]),
    ] {
        check!(checks, weigh(&groups) == expected)?;
    }
    Ok(())
}

fn owned(strings: &[&str]) -> Vec<String> {
    strings.iter().map(|s| s.to_string()).collect()
}
