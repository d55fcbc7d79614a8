use crate::exports::test::arity::arity::{Guest, Wide};

impl Guest for crate::Component {
    #[rustfmt::skip]
    fn sum16(
        a0: u32, a1: u32, a2: u32, a3: u32, a4: u32, a5: u32, a6: u32, a7: u32,
        a8: u32, a9: u32, a10: u32, a11: u32, a12: u32, a13: u32, a14: u32, a15: u32,
    ) -> u64 {
        weighted_sum([a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15])
    }

    #[rustfmt::skip]
    fn sum17(
        a0: u32, a1: u32, a2: u32, a3: u32, a4: u32, a5: u32, a6: u32, a7: u32,
        a8: u32, a9: u32, a10: u32, a11: u32, a12: u32, a13: u32, a14: u32, a15: u32,
        a16: u32,
    ) -> u64 {
        weighted_sum([a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16])
    }

    #[rustfmt::skip]
    fn sum40(
        a0: u8, a1: i16, a2: u32, a3: i64, a4: f64,
        a5: u8, a6: i16, a7: u32, a8: i64, a9: f64,
        a10: u8, a11: i16, a12: u32, a13: i64, a14: f64,
        a15: u8, a16: i16, a17: u32, a18: i64, a19: f64,
        a20: u8, a21: i16, a22: u32, a23: i64, a24: f64,
        a25: u8, a26: i16, a27: u32, a28: i64, a29: f64,
        a30: u8, a31: i16, a32: u32, a33: i64, a34: f64,
        a35: u8, a36: i16, a37: u32, a38: i64, a39: f64,
    ) -> f64 {
        let values: [f64; 40] = [
            a0.into(), a1.into(), a2.into(), a3 as f64, a4,
            a5.into(), a6.into(), a7.into(), a8 as f64, a9,
            a10.into(), a11.into(), a12.into(), a13 as f64, a14,
            a15.into(), a16.into(), a17.into(), a18 as f64, a19,
            a20.into(), a21.into(), a22.into(), a23 as f64, a24,
            a25.into(), a26.into(), a27.into(), a28 as f64, a29,
            a30.into(), a31.into(), a32.into(), a33 as f64, a34,
            a35.into(), a36.into(), a37.into(), a38 as f64, a39,
        ];
        (1..).zip(values).fold(0.0, |sum, (weight, value)| sum + f64::from(weight) * value)
    }

    #[rustfmt::skip]
    fn join8(
        a0: String, a1: String, a2: String, a3: String, a4: String, a5: String, a6: String, a7: String,
    ) -> String {
        [a0, a1, a2, a3, a4, a5, a6, a7].join(",")
    }

    #[rustfmt::skip]
    fn join9(
        a0: String, a1: String, a2: String, a3: String, a4: String, a5: String, a6: String, a7: String, a8: String,
    ) -> String {
        [a0, a1, a2, a3, a4, a5, a6, a7, a8].join(",")
    }

    fn make_wide(seed: u32) -> Wide {
        let n = u64::from(seed);
        Wide {
            f0: n as u8,
            f1: n + 1,
            f2: seed.to_string(),
            f3: (n + 3) as f32,
            f4: (n + 4) as i16,
            f5: (0..seed).map(|i| i as u8).collect(),
            f6: (n + 6) as f64,
            f7: seed % 2 == 1,
            f8: (b'@' + (seed % 26) as u8).into(),
            f9: (seed % 2 == 0).then_some((n + 9) as u32),
            f10: (n + 10) as i64,
            f11: (n + 11) as u16,
            f12: (n + 12) as i8,
            f13: (n + 13) as i32,
            f14: (n + 14) as u32,
            f15: (15, n + 15),
            f16: seed.to_string(),
            f17: (n + 17) as f32,
            f18: n + 18,
            f19: (n + 19) as u8,
        }
    }

    fn seed_of(w: Wide) -> u32 {
        let seed = w.f5.len() as u32;
        // The generated record has no `PartialEq`.
        if format!("{w:?}") == format!("{:?}", Self::make_wide(seed)) { seed } else { u32::MAX }
    }

    #[rustfmt::skip]
    fn divisions(
        n: u32,
    ) -> (u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32, u32) {
        (
            n, 0, n / 2, n % 2, n / 3, n % 3, n / 4, n % 4, n / 5, n % 5,
            n / 6, n % 6, n / 7, n % 7, n / 8, n % 8, n / 9, n % 9, n / 10, n % 10,
        )
    }

    fn around(before: u32, w: Wide, after: u32) -> u32 {
        before.wrapping_add(Self::seed_of(w)).wrapping_add(after)
    }
}

fn weighted_sum<const N: usize>(values: [u32; N]) -> u64 {
    (1..).zip(values).fold(0, |sum: u64, (weight, value)| sum.wrapping_add(weight * u64::from(value)))
}
