use crate::check;
use crate::check::Checks;
use crate::exports::test::strings::check_strings::Guest;
use crate::test::strings::strings::*;

const MIB: usize = 1 << 20;

/// The first and the last character of every length in UTF-8, and those next to the surrogates.
const EDGES: &str = "\0\u{7f}\u{80}\u{7ff}\u{800}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{10ffff}";

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        lengths(&mut checks)?;
        copies(&mut checks)?;
        checksums(&mut checks)?;
        characters(&mut checks)?;
        long(&mut checks)?;
        Ok(checks.count)
    }
}

fn lengths(checks: &mut Checks) -> Result<(), String> {
    for (s, utf8, utf16, scalars) in [
        ("", 0, 0, 0),
        ("a", 1, 1, 1),
        ("hello, world", 12, 12, 12),
        ("\0", 1, 1, 1),
        ("a\0b\0", 4, 4, 4),
        ("é", 2, 1, 1),
        ("e\u{301}", 3, 2, 2),
        ("€", 3, 1, 1),
        ("𝄞", 4, 2, 1),
        ("aé€𝄞", 10, 5, 4),
        ("👩‍👩‍👧", 18, 8, 5),
        ("\u{feff}a", 4, 2, 2),
        (EDGES, 26, 12, 10),
    ] {
        check!(checks, utf8_length(s) == utf8)?;
        check!(checks, utf16_length(s) == utf16)?;
        check!(checks, scalar_count(s) == scalars)?;
    }
    Ok(())
}

fn copies(checks: &mut Checks) -> Result<(), String> {
    for (a, b, both) in [
        ("", "", ""),
        ("a", "", "a"),
        ("", "é", "é"),
        ("left ", "right", "left right"),
        ("€\0", "\0𝄞", "€\0\0𝄞"),
        ("e", "\u{301}", "e\u{301}"),
        ("\u{feff}", "\u{feff}", "\u{feff}\u{feff}"),
    ] {
        check!(checks, concat(a, b) == both)?;
    }
    for (s, reversed) in [
        ("", ""),
        ("a", "a"),
        ("abc", "cba"),
        ("aé€𝄞", "𝄞€éa"),
        ("\0a", "a\0"),
        ("e\u{301}", "\u{301}e"),
        (EDGES, "\u{10ffff}\u{10000}\u{ffff}\u{e000}\u{d7ff}\u{800}\u{7ff}\u{80}\u{7f}\0"),
    ] {
        check!(checks, reverse(s) == reversed)?;
    }
    for (s, n, repeated) in
        [("", 0, ""), ("", 1000, ""), ("abc", 0, ""), ("abc", 1, "abc"), ("ab", 3, "ababab"), ("é\0𝄞", 2, "é\0𝄞é\0𝄞")]
    {
        check!(checks, repeat(s, n) == repeated)?;
    }
    Ok(())
}

fn checksums(checks: &mut Checks) -> Result<(), String> {
    // From the authors' test vectors.
    check!(checks, checksum("") == 0x811c_9dc5_u32)?;
    check!(checks, checksum("a") == 0xe40c_292c_u32)?;
    check!(checks, checksum("foobar") == 0xbf9c_f968_u32)?;
    for s in ["\0", "a\0", "é", "€", "𝄞", EDGES] {
        check!(checks, checksum(s) == fnv_1a(s))?;
    }
    Ok(())
}

fn characters(checks: &mut Checks) -> Result<(), String> {
    for (index, c) in (0..).zip(EDGES.chars()) {
        check!(checks, at(EDGES, index) == c)?;
    }
    check!(checks, at("a", 0) == 'a')?;
    check!(checks, at("𝄞a𝄞b", 3) == 'b')?;
    for (c, s) in [
        ('\0', "\0"),
        ('\u{7f}', "\x7f"),
        ('\u{80}', "\u{80}"),
        ('\u{7ff}', "\u{7ff}"),
        ('\u{800}', "\u{800}"),
        ('\u{d7ff}', "\u{d7ff}"),
        ('\u{e000}', "\u{e000}"),
        ('\u{ffff}', "\u{ffff}"),
        ('\u{10000}', "\u{10000}"),
        ('\u{10ffff}', "\u{10ffff}"),
        ('€', "€"),
        ('𝄞', "𝄞"),
    ] {
        check!(checks, from_char(c) == s)?;
    }
    Ok(())
}

fn long(checks: &mut Checks) -> Result<(), String> {
    let ascii = "0123456789abcdef".repeat(MIB / 16);
    let wide = "aé€𝄞".repeat(MIB / 10);
    check!(checks, utf8_length(&ascii) == MIB)?;
    check!(checks, utf16_length(&wide) == MIB / 10 * 5)?;
    check!(checks, scalar_count(&wide) == MIB / 10 * 4)?;
    check!(checks, checksum(&ascii) == fnv_1a(&ascii))?;
    check!(checks, checksum(&wide) == fnv_1a(&wide))?;
    check!(checks, at(&wide, (MIB / 10 * 4 - 1) as u32) == '𝄞')?;
    check!(checks, reverse(&ascii) == "fedcba9876543210".repeat(MIB / 16))?;
    check!(checks, reverse(&wide) == "𝄞€éa".repeat(MIB / 10))?;
    check!(checks, repeat("0123456789abcdef", (MIB / 16) as u32) == ascii)?;
    check!(checks, concat(&ascii, "é") == format!("{ascii}é"))
}

fn fnv_1a(s: &str) -> u32 {
    s.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
