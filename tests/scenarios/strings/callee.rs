use crate::exports::test::strings::strings::Guest;

impl Guest for crate::Component {
    fn concat(a: String, b: String) -> String {
        a + &b
    }

    fn utf8_length(s: String) -> u32 {
        s.len() as u32
    }

    fn utf16_length(s: String) -> u32 {
        s.encode_utf16().count() as u32
    }

    fn scalar_count(s: String) -> u32 {
        s.chars().count() as u32
    }

    fn reverse(s: String) -> String {
        s.chars().rev().collect()
    }

    fn repeat(s: String, n: u32) -> String {
        s.repeat(n as usize)
    }

    fn checksum(s: String) -> u32 {
        s.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    fn at(s: String, index: u32) -> char {
        s.chars().nth(index as usize).expect("index within bounds")
    }

    fn from_char(c: char) -> String {
        c.into()
    }
}
