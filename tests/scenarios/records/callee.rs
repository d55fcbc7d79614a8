use crate::exports::test::records::records::{Guest, Mixed, Path, Point, Segment};

impl Guest for crate::Component {
    fn bump(m: Mixed) -> Mixed {
        Mixed {
            a: m.a.wrapping_add(1),
            b: m.b.wrapping_add(1),
            c: m.c.wrapping_add(1),
            d: m.d.wrapping_add(1),
            e: m.e.wrapping_add(1),
            f: m.f * 2.0,
            g: !m.g,
            h: (m.h as u8 + 1).into(),
        }
    }

    fn fold(all: Vec<Mixed>) -> Mixed {
        let zero = Mixed { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0.0, g: false, h: '\0' };
        all.into_iter().fold(zero, |sum, m| Mixed {
            a: sum.a.wrapping_add(m.a),
            b: sum.b.wrapping_add(m.b),
            c: sum.c.wrapping_add(m.c),
            d: sum.d.wrapping_add(m.d),
            e: sum.e.wrapping_add(m.e),
            f: sum.f + m.f,
            g: sum.g || m.g,
            h: sum.h.max(m.h),
        })
    }

    fn reverse(s: Segment) -> Segment {
        Segment { from: s.to, to: s.from, name: s.name }
    }

    fn length_squared(s: Segment) -> f64 {
        let (dx, dy) = (s.to.x - s.from.x, s.to.y - s.from.y);
        dx * dx + dy * dy
    }

    fn connect(points: Vec<Point>) -> Path {
        let segment = |(i, ends): (usize, &[Point])| Segment { from: ends[0], to: ends[1], name: format!("s{i}") };
        let closed = match (points.first(), points.last()) {
            (Some(first), Some(last)) => (first.x, first.y) == (last.x, last.y),
            _ => false,
        };
        Path { segments: points.windows(2).enumerate().map(segment).collect(), closed }
    }

    fn describe(p: Path) -> String {
        let names: Vec<String> = p.segments.into_iter().map(|segment| segment.name).collect();
        names.join("-") + if p.closed { "!" } else { "" }
    }

    fn swap((a, b, c): (u8, u64, String)) -> (String, u64, u8) {
        (c, b, a)
    }

    fn rotate(((a, b), c): ((u16, f32), String)) -> (u16, (f32, String)) {
        (a, (b, c))
    }

    fn single((n,): (u32,)) -> (u32,) {
        (n.wrapping_mul(2),)
    }

    fn squares(numbers: Vec<u32>) -> Vec<(u32, u64)> {
        numbers.into_iter().map(|n| (n, u64::from(n) * u64::from(n))).collect()
    }
}
