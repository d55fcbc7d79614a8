use crate::check;
use crate::check::Checks;
use crate::exports::test::scalars::check_scalars::Guest;
use crate::test::scalars::scalars::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        integers(&mut checks)?;
        sums(&mut checks)?;
        floats_32(&mut checks)?;
        floats_64(&mut checks)?;
        bools(&mut checks)?;
        chars(&mut checks)?;
        Ok(checks.count)
    }
}

fn integers(checks: &mut Checks) -> Result<(), String> {
    for (x, next) in [(0, 1), (1, 2), (127, 128), (128, 129), (254, 255), (255, 0)] {
        check!(checks, next_u8(x) == next)?;
    }
    for (x, next) in [(0, 1), (-1, 0), (-2, -1), (126, 127), (127, -128), (-128, -127)] {
        check!(checks, next_s8(x) == next)?;
    }
    for (x, next) in [(0, 1), (255, 256), (32_767, 32_768), (65_534, 65_535), (65_535, 0)] {
        check!(checks, next_u16(x) == next)?;
    }
    for (x, next) in [(0, 1), (-1, 0), (-129, -128), (32_766, 32_767), (32_767, -32_768), (-32_768, -32_767)] {
        check!(checks, next_s16(x) == next)?;
    }
    for (x, next) in [(0, 1), (65_535, 65_536), (u32::MAX >> 1, 1 << 31), (u32::MAX - 1, u32::MAX), (u32::MAX, 0)] {
        check!(checks, next_u32(x) == next)?;
    }
    for (x, next) in [(0, 1), (-1, 0), (i32::MAX - 1, i32::MAX), (i32::MAX, i32::MIN), (i32::MIN, -2_147_483_647)] {
        check!(checks, next_s32(x) == next)?;
    }
    for (x, next) in
        [(0, 1), (0xffff_ffff, 0x1_0000_0000), (u64::MAX >> 1, 1 << 63), (u64::MAX - 1, u64::MAX), (u64::MAX, 0)]
    {
        check!(checks, next_u64(x) == next)?;
    }
    for (x, next) in [(0, 1), (-1, 0), (0x7fff_ffff, 0x8000_0000), (i64::MAX, i64::MIN), (i64::MIN, -i64::MAX)] {
        check!(checks, next_s64(x) == next)?;
    }
    Ok(())
}

fn sums(checks: &mut Checks) -> Result<(), String> {
    check!(checks, sum(0, 0, 0, 0, 0, 0, 0, 0) == 0)?;
    check!(checks, sum(1, -2, 3, -4, 5, -6, 7, -8) == -4)?;
    check!(checks, sum(255, 0, 0, 0, 0, 0, 0, 0) == 255)?;
    check!(checks, sum(0, i8::MIN, 0, 0, 0, 0, 0, 0) == -128)?;
    check!(checks, sum(0, 0, u16::MAX, 0, 0, 0, 0, 0) == 65_535)?;
    check!(checks, sum(0, 0, 0, i16::MIN, 0, 0, 0, 0) == -32_768)?;
    check!(checks, sum(0, 0, 0, 0, u32::MAX, 0, 0, 0) == 4_294_967_295_i64)?;
    check!(checks, sum(0, 0, 0, 0, 0, i32::MIN, 0, 0) == -2_147_483_648_i64)?;
    check!(checks, sum(0, 0, 0, 0, 0, 0, u64::MAX, 0) == -1)?;
    check!(checks, sum(0, 0, 0, 0, 0, 0, 1_u64 << 63, 0) == i64::MIN)?;
    check!(checks, sum(0, 0, 0, 0, 0, 0, 0, i64::MIN) == i64::MIN)?;
    check!(checks, sum(1, 0, 0, 0, 0, 0, 0, i64::MAX) == i64::MIN)?;
    check!(checks, sum(0, -1, 0, 0, 0, 0, 0, i64::MIN) == i64::MAX)?;
    check!(checks, sum(255, 127, 65_535, 32_767, u32::MAX, i32::MAX, u64::MAX, i64::MAX) == i64::MIN + 6_442_549_624)
}

fn floats_32(checks: &mut Checks) -> Result<(), String> {
    for (x, bits) in [
        (0.0, 0),
        (-0.0, 0x8000_0000),
        (1.0, 0x3f80_0000),
        (-std::f32::consts::PI, 0xc049_0fdb),
        (0.1, 0x3dcc_cccd),
        (1e-45, 1),
        (-1.175_494_2e-38, 0x807f_ffff),
        (f32::MIN_POSITIVE, 0x0080_0000),
        (f32::MAX, 0x7f7f_ffff),
        (f32::MIN, 0xff7f_ffff),
        (f32::INFINITY, 0x7f80_0000),
        (f32::NEG_INFINITY, 0xff80_0000),
    ] {
        check!(checks, bits_f32(x) == bits)?;
        check!(checks, from_bits_f32(bits) == x)?;
    }
    for bits in [0x7fc0_0000, 0x7fc1_2345, 0x7f80_0001, 0xffc0_0000, 0xffff_ffff] {
        let arrived = f32::from_bits(bits_f32(f32::from_bits(bits)));
        checks.equal(format_args!("bits-f32(NaN of {bits:#x})"), f32::NAN, arrived)?;
        check!(checks, from_bits_f32(bits) == f32::NAN)?;
    }
    for (a, b, quotient) in [
        (1.0, 3.0, 0.333_333_34),
        (-7.0, 2.0, -3.5),
        (1.0, 0.0, f32::INFINITY),
        (1.0, -0.0, f32::NEG_INFINITY),
        (0.0, 0.0, f32::NAN),
        (-0.0, 1.0, -0.0),
        (1.0, f32::NEG_INFINITY, -0.0),
        (f32::INFINITY, f32::INFINITY, f32::NAN),
        (f32::NAN, 1.0, f32::NAN),
        (f32::MAX, 0.5, f32::INFINITY),
        (f32::MIN_POSITIVE, 2.0, 5.877_472e-39),
        (1e-45, 2.0, 0.0),
    ] {
        check!(checks, divide_f32(a, b) == quotient)?;
    }
    Ok(())
}

fn floats_64(checks: &mut Checks) -> Result<(), String> {
    for (x, bits) in [
        (0.0, 0),
        (-0.0, 0x8000_0000_0000_0000),
        (1.0, 0x3ff0_0000_0000_0000),
        (-std::f64::consts::PI, 0xc009_21fb_5444_2d18),
        (0.1, 0x3fb9_9999_9999_999a),
        (5e-324, 1),
        (-2.225_073_858_507_201e-308, 0x800f_ffff_ffff_ffff),
        (f64::MIN_POSITIVE, 0x0010_0000_0000_0000),
        (f64::MAX, 0x7fef_ffff_ffff_ffff),
        (f64::MIN, 0xffef_ffff_ffff_ffff),
        (f64::INFINITY, 0x7ff0_0000_0000_0000),
        (f64::NEG_INFINITY, 0xfff0_0000_0000_0000),
    ] {
        check!(checks, bits_f64(x) == bits)?;
        check!(checks, from_bits_f64(bits) == x)?;
    }
    for bits in [0x7ff8_0000_0000_0000, 0x7ff8_1234_5678_9abc, 0x7ff0_0000_0000_0001, 0xfff8_0000_0000_0000, u64::MAX] {
        let arrived = f64::from_bits(bits_f64(f64::from_bits(bits)));
        checks.equal(format_args!("bits-f64(NaN of {bits:#x})"), f64::NAN, arrived)?;
        check!(checks, from_bits_f64(bits) == f64::NAN)?;
    }
    for (a, b, quotient) in [
        (1.0, 3.0, 0.333_333_333_333_333_3),
        (-7.0, 2.0, -3.5),
        (1.0, 0.0, f64::INFINITY),
        (1.0, -0.0, f64::NEG_INFINITY),
        (0.0, 0.0, f64::NAN),
        (-0.0, 1.0, -0.0),
        (1.0, f64::NEG_INFINITY, -0.0),
        (f64::INFINITY, f64::INFINITY, f64::NAN),
        (f64::NAN, 1.0, f64::NAN),
        (f64::MAX, 0.5, f64::INFINITY),
        (f64::MIN_POSITIVE, 2.0, 1.112_536_929_253_600_7e-308),
        (5e-324, 2.0, 0.0),
    ] {
        check!(checks, divide_f64(a, b) == quotient)?;
    }
    Ok(())
}

fn bools(checks: &mut Checks) -> Result<(), String> {
    check!(checks, exclusive(false, false) == false)?;
    check!(checks, exclusive(false, true) == true)?;
    check!(checks, exclusive(true, false) == true)?;
    check!(checks, exclusive(true, true) == false)
}

fn chars(checks: &mut Checks) -> Result<(), String> {
    for (c, number, next) in [
        ('\0', 0, '\u{1}'),
        ('A', 65, 'B'),
        ('\u{7f}', 127, '\u{80}'),
        ('\u{80}', 128, '\u{81}'),
        ('\u{ff}', 255, '\u{100}'),
        ('\u{7ff}', 0x7ff, '\u{800}'),
        ('€', 0x20ac, '\u{20ad}'),
        ('\u{d7ff}', 0xd7ff, '\u{e000}'),
        ('\u{e000}', 0xe000, '\u{e001}'),
        ('\u{ffff}', 0xffff, '\u{10000}'),
        ('\u{10000}', 0x10000, '\u{10001}'),
        ('𝄞', 0x1d11e, '𝄟'),
        ('\u{10ffff}', 0x10ffff, '\0'),
    ] {
        check!(checks, code(c) == number)?;
        check!(checks, next_char(c) == next)?;
    }
    Ok(())
}
