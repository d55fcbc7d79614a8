use crate::check;
use crate::check::Checks;
use crate::exports::test::records::check_records::Guest;
use crate::test::records::records::*;

const ZERO: Mixed = Mixed { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0.0, g: false, h: '\0' };

const LARGEST: Mixed =
    Mixed { a: u8::MAX, b: u64::MAX, c: i8::MAX, d: u32::MAX, e: u16::MAX, f: f64::MAX, g: true, h: '\u{10ffff}' };

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        bumping(&mut checks)?;
        folding(&mut checks)?;
        segments(&mut checks)?;
        paths(&mut checks)?;
        tuples(&mut checks)?;
        Ok(checks.count)
    }
}

fn bumping(checks: &mut Checks) -> Result<(), String> {
    for (m, bumped) in [
        (ZERO, Mixed { a: 1, b: 1, c: 1, d: 1, e: 1, f: 0.0, g: true, h: '\u{1}' }),
        (
            Mixed { h: '\u{7f}', ..LARGEST },
            Mixed { a: 0, b: 0, c: i8::MIN, d: 0, e: 0, f: f64::INFINITY, g: false, h: '\u{80}' },
        ),
        (
            Mixed { a: 1, b: 1 << 32, c: -1, d: 1 << 16, e: 255, f: -0.0, g: false, h: 'A' },
            Mixed { a: 2, b: 4_294_967_297, c: 0, d: 65_537, e: 256, f: -0.0, g: true, h: 'B' },
        ),
        (
            Mixed { a: 127, b: u64::MAX - 1, c: i8::MIN, d: u32::MAX - 1, e: u16::MAX - 1, f: 5e-324, g: true, h: 'y' },
            Mixed { a: 128, b: u64::MAX, c: -127, d: u32::MAX, e: u16::MAX, f: 1e-323, g: false, h: 'z' },
        ),
        (Mixed { f: f64::NAN, ..ZERO }, Mixed { a: 1, b: 1, c: 1, d: 1, e: 1, f: f64::NAN, g: true, h: '\u{1}' }),
        (
            Mixed { f: f64::NEG_INFINITY, ..ZERO },
            Mixed { a: 1, b: 1, c: 1, d: 1, e: 1, f: f64::NEG_INFINITY, g: true, h: '\u{1}' },
        ),
    ] {
        check!(checks, bump(m) == bumped)?;
    }
    Ok(())
}

fn folding(checks: &mut Checks) -> Result<(), String> {
    let m = Mixed { a: 200, b: 1 << 63, c: -100, d: 3_000_000_000, e: 40_000, f: 0.25, g: false, h: '€' };
    let doubled = Mixed { a: 144, b: 0, c: 56, d: 1_705_032_704, e: 14_464, f: 0.5, g: false, h: '€' };
    for (all, sum) in [
        (vec![], ZERO),
        (vec![LARGEST], LARGEST),
        (vec![m, m], doubled),
        (vec![m, ZERO, LARGEST], Mixed { a: 199, b: u64::MAX >> 1, c: 27, d: 2_999_999_999, e: 39_999, ..LARGEST }),
        (
            vec![Mixed { a: 1, b: 1, c: -1, d: 1, e: 1, f: -0.5, g: false, h: 'a' }; 1000],
            Mixed { a: 232, b: 1000, c: 24, d: 1000, e: 1000, f: -500.0, g: false, h: 'a' },
        ),
    ] {
        check!(checks, fold(&all) == sum)?;
    }
    Ok(())
}

fn segments(checks: &mut Checks) -> Result<(), String> {
    for (segment, reversed, squared) in [
        (named("", (0.0, 0.0), (0.0, 0.0)), named("", (0.0, 0.0), (0.0, 0.0)), 0.0),
        (named("diagonal", (1.0, 2.0), (4.0, -2.0)), named("diagonal", (4.0, -2.0), (1.0, 2.0)), 25.0),
        (named("é\0𝄞", (-0.5, -0.0), (0.0, 1.0)), named("é\0𝄞", (0.0, 1.0), (-0.5, -0.0)), 1.25),
        (
            named("far", (f64::MIN, 0.0), (f64::MAX, 5e-324)),
            named("far", (f64::MAX, 5e-324), (f64::MIN, 0.0)),
            f64::INFINITY,
        ),
        (
            named("nowhere", (f64::NAN, f64::INFINITY), (1.0, f64::NEG_INFINITY)),
            named("nowhere", (1.0, f64::NEG_INFINITY), (f64::NAN, f64::INFINITY)),
            f64::NAN,
        ),
    ] {
        check!(checks, reverse(&segment) == reversed)?;
        check!(checks, length_squared(&segment) == squared)?;
    }
    Ok(())
}

fn paths(checks: &mut Checks) -> Result<(), String> {
    let (a, b, c) = ((0.0, 0.0), (3.0, -4.5), (1e300, 0.1));
    for (points, segments, closed, description) in [
        (vec![a], vec![], true, "!"),
        (vec![a, b], vec![named("s0", a, b)], false, "s0"),
        (vec![b, b], vec![named("s0", b, b)], true, "s0!"),
        (vec![a, b, c, a], vec![named("s0", a, b), named("s1", b, c), named("s2", c, a)], true, "s0-s1-s2!"),
        (vec![a, b, a, c], vec![named("s0", a, b), named("s1", b, a), named("s2", a, c)], false, "s0-s1-s2"),
    ] {
        let points: Vec<Point> = points.into_iter().map(point).collect();
        let path = Path { segments, closed };
        check!(checks, connect(&points) == path)?;
        check!(checks, describe(&path) == description)?;
    }
    let many: Vec<Point> = (0..=1000).map(|i| point((i.into(), 0.5))).collect();
    let segments = (0..1000).map(|i| named(&format!("s{i}"), (i.into(), 0.5), ((i + 1).into(), 0.5))).collect();
    check!(checks, connect(&many) == Path { segments, closed: false })?;

    for (names, closed, description) in [
        (&[][..], false, ""),
        (&["é\0"], false, "é\0"),
        (&["", ""], false, "-"),
        (&["a", "b", "c"], false, "a-b-c"),
        (&["", "𝄞", ""], true, "-𝄞-!"),
    ] {
        let path = Path { segments: names.iter().map(|name| named(name, a, a)).collect(), closed };
        check!(checks, describe(&path) == description)?;
    }
    Ok(())
}

fn tuples(checks: &mut Checks) -> Result<(), String> {
    for (a, b, c) in [(0, 0, ""), (1, 2, "three"), (u8::MAX, u64::MAX, "é\0𝄞")] {
        check!(checks, swap((a, b, c)) == (c, b, a))?;
    }
    for (a, b, c) in [(0, -0.0, ""), (1, 0.1, "three"), (u16::MAX, f32::MAX, "é\0𝄞"), (5, f32::NAN, "nan")] {
        check!(checks, rotate(((a, b), c)) == (a, (b, c)))?;
    }
    for (n, doubled) in [(0, 0), (1, 2), (u32::MAX >> 1, u32::MAX - 1), (1 << 31, 0), (u32::MAX, u32::MAX - 1)] {
        check!(checks, single((n,)) == (doubled,))?;
    }
    for (numbers, expected) in [
        (vec![], vec![]),
        (vec![7], vec![(7, 49)]),
        (vec![0, 1, 65_536, u32::MAX], vec![(0, 0), (1, 1), (65_536, 1 << 32), (u32::MAX, 0xffff_fffe_0000_0001)]),
        ((0..10_000).collect(), (0..10_000).map(|n| (n, u64::from(n * n))).collect()),
    ] {
        check!(checks, squares(&numbers) == expected)?;
    }
    Ok(())
}

fn point((x, y): (f64, f64)) -> Point {
    Point { x, y }
}

fn named(name: &str, from: (f64, f64), to: (f64, f64)) -> Segment {
    Segment { from: point(from), to: point(to), name: name.to_string() }
}
