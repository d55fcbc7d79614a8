use std::hint::black_box;
use std::sync::LazyLock;

use crate::exports::onramp::bench_lazy::rows::Guest;
use crate::onramp::bench::{calls, relay};

static TEXT: LazyLock<String> = LazyLock::new(|| "a".repeat(64 << 10));

impl Guest for crate::Component {
    fn run_strings_out(n: u32) {
        for _ in 0..n {
            let texts = calls::give_strings();
            black_box(texts.read(texts.len() - 1..));
        }
    }

    fn run_forward(n: u32) {
        let text = &*TEXT;
        (0..n).for_each(|_| relay::forward(text));
    }

    fn keep(bytes: u32) {
        black_box(vec![0_u8; bytes as usize].leak());
    }

    fn keep_in_callee(bytes: u32) {
        calls::keep(bytes);
    }
}
