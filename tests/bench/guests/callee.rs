use std::hint::black_box;

use crate::exports::onramp::bench::calls::{Floats, Guest, Point};
use crate::onramp::bench::host;

const TEXT: &str = "sixteen bytes, y";
const FLOATS: Floats = Floats { a: 1.0, b: 2.0, c: 3.0, d: 4.0 };
static POINTS: [Point; 1000] = [Point { x: 1.0, y: 2.0, z: 3.0 }; 1000];

impl Guest for crate::Component {
    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    fn add_and_tick(a: u32, b: u32) -> u32 {
        host::tick();
        a.wrapping_add(b)
    }

    fn take_string(text: String) {
        black_box(text.as_bytes().last());
    }

    fn give_string() -> String {
        TEXT.to_owned()
    }

    fn take_bytes(bytes: Vec<u8>) {
        black_box(bytes.last());
    }

    fn give_bytes() -> Vec<u8> {
        // A fill, not a copy: how fast a copy is depends on where its two ends lie.
        vec![b'a'; 4 << 10]
    }

    fn take_strings(texts: Vec<String>) {
        black_box(texts.last());
    }

    fn give_strings() -> Vec<String> {
        vec![TEXT.to_owned(); 1000]
    }

    fn take_floats(floats: Floats) {
        black_box(floats.d);
    }

    fn give_floats() -> Floats {
        FLOATS
    }

    fn give_option() -> Option<u64> {
        black_box(Some(1))
    }

    fn give_result(ok: bool) -> Result<Floats, String> {
        if ok { Ok(FLOATS) } else { Err(TEXT.to_owned()) }
    }

    fn take_points(points: Vec<Point>) {
        black_box(points.last());
    }

    fn give_points() -> Vec<Point> {
        POINTS.to_vec()
    }

    fn keep(bytes: u32) {
        black_box(vec![0_u8; bytes as usize].leak());
    }
}
