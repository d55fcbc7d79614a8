use crate::exports::test::scalars::scalars::Guest;

impl Guest for crate::Component {
    fn next_u8(x: u8) -> u8 {
        x.wrapping_add(1)
    }

    fn next_s8(x: i8) -> i8 {
        x.wrapping_add(1)
    }

    fn next_u16(x: u16) -> u16 {
        x.wrapping_add(1)
    }

    fn next_s16(x: i16) -> i16 {
        x.wrapping_add(1)
    }

    fn next_u32(x: u32) -> u32 {
        x.wrapping_add(1)
    }

    fn next_s32(x: i32) -> i32 {
        x.wrapping_add(1)
    }

    fn next_u64(x: u64) -> u64 {
        x.wrapping_add(1)
    }

    fn next_s64(x: i64) -> i64 {
        x.wrapping_add(1)
    }

    fn sum(a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64) -> i64 {
        let small = i64::from(a) + i64::from(b) + i64::from(c) + i64::from(d) + i64::from(e) + i64::from(f);
        small.wrapping_add_unsigned(g).wrapping_add(h)
    }

    fn bits_f32(x: f32) -> u32 {
        x.to_bits()
    }

    fn bits_f64(x: f64) -> u64 {
        x.to_bits()
    }

    fn from_bits_f32(bits: u32) -> f32 {
        f32::from_bits(bits)
    }

    fn from_bits_f64(bits: u64) -> f64 {
        f64::from_bits(bits)
    }

    fn divide_f32(a: f32, b: f32) -> f32 {
        a / b
    }

    fn divide_f64(a: f64, b: f64) -> f64 {
        a / b
    }

    fn exclusive(a: bool, b: bool) -> bool {
        a ^ b
    }

    fn code(c: char) -> u32 {
        c.into()
    }

    fn next_char(c: char) -> char {
        // A range of characters skips the surrogates.
        (c..=char::MAX).nth(1).unwrap_or('\0')
    }
}
