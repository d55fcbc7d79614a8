use std::hint::black_box;
use std::sync::LazyLock;

use crate::exports::onramp::bench::rows::Guest;
use crate::onramp::bench::calls::{self, Floats, Point};
use crate::onramp::bench::relay;

/// What the calls pass: made once, in the first call of its row, which is not measured.
struct Arguments {
    text: String,
    not_ascii: String,
    bytes: Vec<u8>,
    texts: Vec<String>,
    points: Vec<Point>,
}

static ARGUMENTS: LazyLock<Arguments> = LazyLock::new(|| Arguments {
    text: "a".repeat(64 << 10),
    not_ascii: "é".repeat(2 << 10),
    bytes: vec![b'a'; 1 << 20],
    texts: vec!["sixteen bytes, x".to_owned(); 1000],
    points: vec![Point { x: 1.0, y: 2.0, z: 3.0 }; 1000],
});

const FLOATS: Floats = Floats { a: 1.0, b: 2.0, c: 3.0, d: 4.0 };

/// Each sum goes into the next call, so that none can be left out.
fn add(n: u32, call: impl Fn(u32, u32) -> u32) {
    black_box((0..n).fold(0, call));
}

fn repeat(n: u32, call: impl Fn()) {
    (0..n).for_each(|_| call());
}

impl Guest for crate::Component {
    fn run_add(n: u32) {
        add(n, calls::add);
    }

    fn run_add_after_tick(n: u32) {
        calls::add_and_tick(1, 2);
        add(n, calls::add);
    }

    fn run_add_and_tick(n: u32) {
        add(n, calls::add_and_tick);
    }

    fn run_string_in_16(n: u32) {
        let text = &ARGUMENTS.text[..16];
        repeat(n, || calls::take_string(text));
    }

    fn run_string_in_4k(n: u32) {
        let text = &ARGUMENTS.text[..4 << 10];
        repeat(n, || calls::take_string(text));
    }

    fn run_string_in_4k_not_ascii(n: u32) {
        let text = &ARGUMENTS.not_ascii;
        repeat(n, || calls::take_string(text));
    }

    fn run_string_in_64k(n: u32) {
        let text = &ARGUMENTS.text;
        repeat(n, || calls::take_string(text));
    }

    fn run_string_out_16(n: u32) {
        repeat(n, || drop(calls::give_string()));
    }

    fn run_bytes_in_4k(n: u32) {
        let bytes = &ARGUMENTS.bytes[..4 << 10];
        repeat(n, || calls::take_bytes(bytes));
    }

    fn run_bytes_in_1m(n: u32) {
        let bytes = &ARGUMENTS.bytes;
        repeat(n, || calls::take_bytes(bytes));
    }

    fn run_bytes_out_4k(n: u32) {
        repeat(n, || drop(calls::give_bytes()));
    }

    fn run_strings_in(n: u32) {
        let texts = &ARGUMENTS.texts;
        repeat(n, || calls::take_strings(texts));
    }

    fn run_strings_out(n: u32) {
        repeat(n, || drop(calls::give_strings()));
    }

    fn run_record_in(n: u32) {
        repeat(n, || calls::take_floats(FLOATS));
    }

    fn run_record_out(n: u32) {
        repeat(n, || {
            black_box(calls::give_floats().d);
        });
    }

    fn run_option_out(n: u32) {
        repeat(n, || {
            black_box(calls::give_option());
        });
    }

    fn run_result_ok(n: u32) {
        repeat(n, || {
            black_box(calls::give_result(true).is_ok());
        });
    }

    fn run_result_error(n: u32) {
        repeat(n, || {
            black_box(calls::give_result(false).is_ok());
        });
    }

    fn run_records_in(n: u32) {
        let points = &ARGUMENTS.points;
        repeat(n, || calls::take_points(points));
    }

    fn run_records_out(n: u32) {
        repeat(n, || drop(calls::give_points()));
    }

    fn run_forward(n: u32) {
        let text = &ARGUMENTS.text;
        repeat(n, || relay::forward(text));
    }

    fn keep(bytes: u32) {
        black_box(vec![0_u8; bytes as usize].leak());
    }

    fn keep_in_callee(bytes: u32) {
        calls::keep(bytes);
    }
}
