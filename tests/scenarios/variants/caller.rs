use crate::check;
use crate::check::Checks;
use crate::exports::test::variants::check_variants::Guest;
use crate::test::variants::variants::*;

use Value::{Both, Large, Nothing, Numbers, Sized, Small, Text};

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        names(&mut checks)?;
        made(&mut checks)?;
        grown(&mut checks)?;
        totals(&mut checks)?;
        words(&mut checks)?;
        double_words(&mut checks)?;
        lists(&mut checks)?;
        Ok(checks.count)
    }
}

fn names(checks: &mut Checks) -> Result<(), String> {
    for (value, expected) in [
        (Nothing, "nothing"),
        (Small(f32::NAN), "small"),
        (Large(u64::MAX), "large"),
        (text(""), "text"),
        (text("nothing"), "text"),
        (Both((u8::MAX, f64::NEG_INFINITY)), "both"),
        (Numbers(vec![]), "numbers"),
        (Numbers(vec![u32::MAX; 1000]), "numbers"),
        (sized(u16::MAX, f64::NAN), "sized"),
    ] {
        check!(checks, name(&value) == expected)?;
    }
    Ok(())
}

fn made(checks: &mut Checks) -> Result<(), String> {
    for (kind, n, string, value) in [
        (0, u64::MAX, "unused", Nothing),
        (1, 0, "unused", Small(0.0)),
        (1, 16_777_216, "", Small(16_777_216.0)),
        (1, 1 << 63, "", Small(9.223_372e18)),
        (2, 0, "unused", Large(0)),
        (2, 0xffff_ffff_0000_0001, "", Large(18_446_744_069_414_584_321)),
        (2, u64::MAX, "", Large(u64::MAX)),
        (3, 5, "", text("")),
        (3, u64::MAX, "é\0𝄞", text("é\0𝄞")),
        (4, 300, "unused", Both((44, 300.0))),
        (4, 1 << 53, "", Both((0, 9_007_199_254_740_992.0))),
        (5, 0, "unused", Numbers(vec![])),
        (5, 1, "", Numbers(vec![0])),
        (5, 100_000, "", Numbers((0..100_000).collect())),
        (6, 65_537, "unused", sized(1, 65_537.0)),
        (6, 65_535, "", sized(65_535, 65_535.0)),
        (7, 1, "unused", Nothing),
        (8, 1, "", Small(1.0)),
        (u32::MAX, 1, "3 modulo 7", text("3 modulo 7")),
    ] {
        check!(checks, make(kind, n, string) == value)?;
    }
    Ok(())
}

fn grown(checks: &mut Checks) -> Result<(), String> {
    for (value, expected) in [
        (Nothing, Nothing),
        (Small(0.1), Small(0.2)),
        (Small(-0.0), Small(-0.0)),
        (Small(1e-45), Small(3e-45)),
        (Small(f32::MAX), Small(f32::INFINITY)),
        (Small(f32::NEG_INFINITY), Small(f32::NEG_INFINITY)),
        (Small(f32::NAN), Small(f32::NAN)),
        (Large(0), Large(0)),
        (Large(u64::MAX), Large(u64::MAX - 1)),
        (Large(1 << 63), Large(0)),
        (Large(0x8000_0000), Large(0x1_0000_0000)),
        (text(""), text("")),
        (text("é\0𝄞"), text("é\0𝄞é\0𝄞")),
        (text(&"x".repeat(1 << 16)), text(&"x".repeat(1 << 17))),
        (Both((0, -0.0)), Both((0, -0.0))),
        (Both((255, f64::MIN)), Both((254, f64::NEG_INFINITY))),
        (Both((128, f64::NAN)), Both((0, f64::NAN))),
        (Both((1, 5e-324)), Both((2, 1e-323))),
        (Numbers(vec![]), Numbers(vec![])),
        (Numbers(vec![1, u32::MAX]), Numbers(vec![1, u32::MAX, 1, u32::MAX])),
        (sized(0, 0.5), sized(0, 1.0)),
        (sized(32_768, f64::INFINITY), sized(0, f64::INFINITY)),
        (sized(65_535, f64::NAN), sized(65_534, f64::NAN)),
    ] {
        check!(checks, grow(&value) == expected)?;
    }
    Ok(())
}

fn totals(checks: &mut Checks) -> Result<(), String> {
    for (values, expected) in [
        (vec![], 0.0),
        (vec![Nothing], 0.0),
        (vec![Small(-1.5)], -1.5),
        (vec![Large(1 << 63)], 9_223_372_036_854_775_808.0),
        (vec![text("aé€𝄞\0")], 11.0),
        (vec![Both((255, -0.25))], 254.75),
        (vec![Numbers(vec![])], 0.0),
        (vec![Numbers(vec![u32::MAX, u32::MAX])], 8_589_934_590.0),
        (vec![sized(65_535, -65_535.5)], -0.5),
        (
            vec![
                Small(0.5),
                text("ab"),
                Nothing,
                Large(30),
                Both((4, 400.0)),
                Numbers(vec![1, 2, 3]),
                sized(7, 5000.0),
                text(""),
            ],
            5449.5,
        ),
        (vec![Small(f32::INFINITY), Large(1)], f64::INFINITY),
        (vec![Large(1), sized(1, f64::NAN)], f64::NAN),
        (vec![Both((1, 1.25)); 5000], 11_250.0),
    ] {
        check!(checks, total(&values) == expected)?;
    }
    Ok(())
}

fn words(checks: &mut Checks) -> Result<(), String> {
    for (int, float) in WORDS {
        check!(checks, reinterpret(Word::Int(int)) == Word::Float(float))?;
        check!(checks, reinterpret(Word::Float(float)) == Word::Int(int))?;
    }
    check!(checks, reinterpret(Word::Int(0x7fc0_0001)) == Word::Float(f32::NAN))?;
    check!(checks, reinterpret(Word::Int(u32::MAX)) == Word::Float(f32::NAN))?;
    let int_of_nan = match reinterpret(Word::Float(f32::NAN)) {
        Word::Int(int) => f32::from_bits(int),
        Word::Float(_) => 0.0,
    };
    checks.equal("reinterpret(Word::Float(NaN)) as the float of its bits", f32::NAN, int_of_nan)
}

fn double_words(checks: &mut Checks) -> Result<(), String> {
    for (int, float) in [
        (0, 0.0),
        (i64::MIN, -0.0),
        (1, 5e-324),
        (0x3ff0_0000_0000_0000, 1.0),
        (0x7fef_ffff_ffff_ffff, f64::MAX),
        (0x7ff0_0000_0000_0000, f64::INFINITY),
        (-0x0010_0000_0000_0000, f64::NEG_INFINITY),
        (0x0000_0000_ffff_ffff, 2.121_995_790_5e-314),
    ] {
        check!(checks, reinterpret_double(DoubleWord::Int(int)) == DoubleWord::Float(float))?;
        check!(checks, reinterpret_double(DoubleWord::Float(float)) == DoubleWord::Int(int))?;
    }
    check!(checks, reinterpret_double(DoubleWord::Int(-1)) == DoubleWord::Float(f64::NAN))?;
    check!(checks, reinterpret_double(DoubleWord::Int(i64::MAX)) == DoubleWord::Float(f64::NAN))?;
    for (int, float) in WORDS {
        let [int, float] = [Word::Int(int), Word::Float(float)].map(DoubleWord::Word);
        check!(checks, reinterpret_double(int) == float)?;
        check!(checks, reinterpret_double(float) == int)?;
    }
    Ok(())
}

fn lists(checks: &mut Checks) -> Result<(), String> {
    let values = vec![
        Nothing,
        Small(f32::NAN),
        Large(u64::MAX),
        text("é\0𝄞"),
        Both((u8::MAX, -0.0)),
        Numbers(vec![0, u32::MAX]),
        sized(u16::MAX, f64::MAX),
        text(""),
        Numbers(vec![]),
        Nothing,
    ];
    let long = vec![values.clone(); 1000].concat();
    for values in [vec![], vec![Large(1)], values, long] {
        let backwards: Vec<&Value> = values.iter().rev().collect();
        check!(checks, reverse(&values) == backwards)?;
    }
    Ok(())
}

/// Ints and the floats of their bits.
const WORDS: [(u32, f32); 7] = [
    (0, 0.0),
    (0x8000_0000, -0.0),
    (1, 1e-45),
    (0x3f80_0000, 1.0),
    (0x7f7f_ffff, f32::MAX),
    (0x7f80_0000, f32::INFINITY),
    (0xff80_0000, f32::NEG_INFINITY),
];

fn text(s: &str) -> Value {
    Text(s.to_string())
}

fn sized(width: u16, height: f64) -> Value {
    Sized(Size { width, height })
}
