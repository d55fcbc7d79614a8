use crate::check;
use crate::check::Checks;
use crate::exports::test::arity::check_arity::Guest;
use crate::test::arity::arity::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        sums_of_u32(&mut checks)?;
        sums_of_mixed(&mut checks)?;
        joins(&mut checks)?;
        wide_records(&mut checks)?;
        spoilt_records(&mut checks)?;
        quotients(&mut checks)?;
        Ok(checks.count)
    }
}

fn sums_of_u32(checks: &mut Checks) -> Result<(), String> {
    const MAX: u32 = u32::MAX;
    check!(checks, sum16(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16) == 1496)?;
    check!(checks, sum17(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17) == 1785)?;
    check!(
        checks,
        sum16(MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX) == 584_115_552_120_u64
    )?;
    check!(
        checks,
        sum17(MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX, MAX)
            == 657_129_996_135_u64
    )?;
    for i in 0..17 {
        let mut a = [0; 17];
        a[i] = MAX;
        let expected = (i as u64 + 1) * 4_294_967_295;
        let [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16] = a;
        check!(checks, sum17(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16) == expected)?;
        if i < 16 {
            check!(checks, sum16(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15) == expected)?;
        }
    }
    Ok(())
}

fn sums_of_mixed(checks: &mut Checks) -> Result<(), String> {
    let counting: [f64; 40] = std::array::from_fn(|i| i as f64);
    checks.equal("sum40(0, 1, 2, ..., 39)", 21_320.0, sum_of_40(counting))?;
    // Alone, each of these is exact in the sum.
    let extremes = [255.0, -32_768.0, 4_294_967_295.0, -9_223_372_036_854_775_808.0, 5e-324];
    for (i, extreme) in extremes.into_iter().cycle().enumerate().take(40) {
        let mut a = [0.0; 40];
        a[i] = extreme;
        checks.equal(format_args!("sum40(a{i} = {extreme:?}, others 0)"), (i + 1) as f64 * extreme, sum_of_40(a))?;
    }
    for (special, sum) in [(f64::INFINITY, f64::INFINITY), (f64::NAN, f64::NAN)] {
        let mut a = counting;
        a[39] = special;
        checks.equal(format_args!("sum40(0, 1, 2, ..., 38, {special:?})"), sum, sum_of_40(a))?;
    }
    Ok(())
}

#[rustfmt::skip]
fn sum_of_40(a: [f64; 40]) -> f64 {
    sum40(
        a[0] as u8, a[1] as i16, a[2] as u32, a[3] as i64, a[4],
        a[5] as u8, a[6] as i16, a[7] as u32, a[8] as i64, a[9],
        a[10] as u8, a[11] as i16, a[12] as u32, a[13] as i64, a[14],
        a[15] as u8, a[16] as i16, a[17] as u32, a[18] as i64, a[19],
        a[20] as u8, a[21] as i16, a[22] as u32, a[23] as i64, a[24],
        a[25] as u8, a[26] as i16, a[27] as u32, a[28] as i64, a[29],
        a[30] as u8, a[31] as i16, a[32] as u32, a[33] as i64, a[34],
        a[35] as u8, a[36] as i16, a[37] as u32, a[38] as i64, a[39],
    )
}

fn joins(checks: &mut Checks) -> Result<(), String> {
    check!(checks, join8("", "", "", "", "", "", "", "") == ",,,,,,,")?;
    check!(checks, join8("a", "é", "", "€\0", "𝄞", ",", "gg", "h") == "a,é,,€\0,𝄞,,,gg,h")?;
    check!(checks, join9("", "", "", "", "", "", "", "", "") == ",,,,,,,,")?;
    check!(checks, join9("a", "é", "", "€\0", "𝄞", ",", "gg", "h", "end") == "a,é,,€\0,𝄞,,,gg,h,end")?;
    let long = "0123456789abcdef".repeat(1 << 16);
    check!(checks, join9("1", "2", "3", "4", "5", "6", "7", "8", &long) == format!("1,2,3,4,5,6,7,8,{long}"))
}

fn wide_records(checks: &mut Checks) -> Result<(), String> {
    for seed in [0, 1, 25, 26, 115, 116, 255, 256, 32_763, 65_536, 100_001] {
        let wide = expected_wide(seed);
        check!(checks, make_wide(seed) == &wide)?;
        check!(checks, seed_of(&wide) == seed)?;
        check!(checks, around(2, &wide, 3) == seed + 5)?;
        check!(checks, around(u32::MAX, &wide, 1) == seed)?;
        checks.equal(format_args!("seed-of(make-wide({seed}))"), seed, seed_of(&make_wide(seed)))?;
    }
    check!(checks, around(u32::MAX, &expected_wide(1), u32::MAX) == u32::MAX)
}

fn spoilt_records(checks: &mut Checks) -> Result<(), String> {
    let good = expected_wide(42);
    let with = |spoil: fn(&mut Wide)| {
        let mut wide = good.clone();
        spoil(&mut wide);
        wide
    };
    for (i, spoilt) in [
        with(|wide| wide.f0 = 43),
        with(|wide| wide.f1 = 42),
        with(|wide| wide.f2.push('\0')),
        with(|wide| wide.f3 = 45.5),
        with(|wide| wide.f4 = -46),
        with(|wide| wide.f5[41] = 42),
        with(|wide| wide.f6 = f64::NAN),
        with(|wide| wide.f7 = true),
        with(|wide| wide.f8 = 'A'),
        with(|wide| wide.f9 = None),
        with(|wide| wide.f10 = 52 + (1 << 32)),
        with(|wide| wide.f11 = 0),
        with(|wide| wide.f12 = -54),
        with(|wide| wide.f13 = i32::MIN),
        with(|wide| wide.f14 = u32::MAX),
        with(|wide| wide.f15 = (57, 15)),
        with(|wide| wide.f16.clear()),
        with(|wide| wide.f17 = f32::NEG_INFINITY),
        with(|wide| wide.f18 = 60 + (1 << 32)),
        with(|wide| wide.f19 = 255),
    ]
    .iter()
    .enumerate()
    {
        checks.equal(format_args!("seed-of(make-wide(42) with another f{i})"), u32::MAX, seed_of(spoilt))?;
        checks.equal(format_args!("around(1, make-wide(42) with another f{i}, 2)"), 2, around(1, spoilt, 2))?;
    }
    check!(checks, seed_of(&with(|wide| wide.f5.truncate(41))) == u32::MAX)?;
    check!(checks, seed_of(&with(|wide| wide.f9 = Some(50))) == u32::MAX)?;
    check!(checks, seed_of(&with(|wide| wide.f15 = (15, 58))) == u32::MAX)
}

fn expected_wide(seed: u32) -> Wide {
    Wide {
        f0: seed as u8,
        f1: u64::from(seed) + 1,
        f2: format!("{seed}"),
        f3: seed as f32 + 3.0,
        f4: (seed + 4) as i16,
        f5: (0..=u8::MAX).cycle().take(seed as usize).collect(),
        f6: f64::from(seed) + 6.0,
        f7: seed & 1 != 0,
        f8: "@ABCDEFGHIJKLMNOPQRSTUVWXY".as_bytes()[seed as usize % 26].into(),
        f9: if seed & 1 == 0 { Some(seed + 9) } else { None },
        f10: i64::from(seed) + 10,
        f11: (seed + 11) as u16,
        f12: (seed + 12) as i8,
        f13: (seed + 13) as i32,
        f14: seed + 14,
        f15: (15, u64::from(seed) + 15),
        f16: format!("{seed}"),
        f17: seed as f32 + 17.0,
        f18: u64::from(seed) + 18,
        f19: (seed + 19) as u8,
    }
}

fn quotients(checks: &mut Checks) -> Result<(), String> {
    for n in [0, 7, 2519, 2520, u32::MAX] {
        let expected: Vec<(u32, u32)> = (1..=10).map(|divisor| (n / divisor, n % divisor)).collect();
        let (q1, r1, q2, r2, q3, r3, q4, r4, q5, r5, q6, r6, q7, r7, q8, r8, q9, r9, q10, r10) = divisions(n);
        let actual =
            [(q1, r1), (q2, r2), (q3, r3), (q4, r4), (q5, r5), (q6, r6), (q7, r7), (q8, r8), (q9, r9), (q10, r10)];
        checks.equal(format_args!("divisions({n}) in pairs"), expected, actual)?;
    }
    Ok(())
}
