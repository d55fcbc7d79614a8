use crate::exports::test::bit_flags::bit_flags::{Eight, Full, Guest, Nine, One};

impl Guest for crate::Component {
    fn complement_one(f: One) -> One {
        !f
    }

    fn complement_eight(f: Eight) -> Eight {
        !f
    }

    fn complement_nine(f: Nine) -> Nine {
        !f
    }

    fn complement_full(f: Full) -> Full {
        !f
    }

    fn union_eight(a: Eight, b: Eight) -> Eight {
        a | b
    }

    fn intersect_nine(a: Nine, b: Nine) -> Nine {
        a & b
    }

    fn count_full(f: Full) -> u32 {
        f.bits().count_ones()
    }

    fn collect_full(numbers: Vec<u8>) -> Full {
        numbers.into_iter().map(|number| Full::from_bits_truncate(1 << number)).collect()
    }

    fn parity_nine(all: Vec<Nine>) -> Nine {
        all.into_iter().fold(Nine::empty(), |odd, f| odd ^ f)
    }

    fn mirror((one, eight, nine, full): (One, Eight, Nine, Full)) -> (Full, Nine, Eight, One) {
        (!full, !nine, !eight, !one)
    }
}
