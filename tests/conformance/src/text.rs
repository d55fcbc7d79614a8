//! Strings in memory: `load_string_from_range` and `store_string_into_range`.

use wit_component::StringEncoding;

use crate::memory::{Memory, Result, trap};

/// The specification's `utf16_tag`.
const UTF16_TAG: u32 = 1 << 31;

/// A string as bytes: what they are aligned to, and the tagged number of code units.
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What their address must be a multiple of.
    pub alignment: u32,
    /// The length that goes with the pointer.
    pub length: u32,
}

/// Encodes a string. `wide`: as UTF-16 where Latin-1 would do, which a sender may.
pub fn encode(string: &str, encoding: StringEncoding, wide: bool) -> Encoded {
    let utf16 = || string.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let units = |bytes: &[u8]| bytes.len() as u32 / 2;
    match encoding {
        StringEncoding::UTF8 => {
            Encoded { bytes: string.as_bytes().to_vec(), alignment: 1, length: string.len() as u32 }
        }
        StringEncoding::UTF16 => {
            let bytes = utf16();
            Encoded { length: units(&bytes), bytes, alignment: 2 }
        }
        StringEncoding::CompactUTF16 if wide || !is_latin1(string) => {
            let bytes = utf16();
            Encoded { length: units(&bytes) | UTF16_TAG, bytes, alignment: 2 }
        }
        StringEncoding::CompactUTF16 => {
            let bytes: Vec<u8> = string.chars().map(|char| u32::from(char) as u8).collect();
            Encoded { length: bytes.len() as u32, bytes, alignment: 2 }
        }
    }
}

/// Reads a string. `strict`: it must have the form that lowering gives it.
pub fn load(memory: &Memory, pointer: u32, length: u32, encoding: StringEncoding, strict: bool) -> Result<String> {
    match encoding {
        StringEncoding::UTF8 => {
            Memory::check(pointer, 1, length.into())?;
            let bytes = memory.read(pointer, length)?;
            std::str::from_utf8(bytes).map(str::to_owned).or_else(|error| trap(format!("bad UTF-8: {error}")))
        }
        StringEncoding::UTF16 => load_utf16(memory, pointer, length),
        StringEncoding::CompactUTF16 if length & UTF16_TAG == 0 => {
            Memory::check(pointer, 2, length.into())?;
            Ok(memory.read(pointer, length)?.iter().map(|byte| char::from(*byte)).collect())
        }
        StringEncoding::CompactUTF16 => {
            let string = load_utf16(memory, pointer, length ^ UTF16_TAG)?;
            if strict && is_latin1(&string) {
                return trap(format!("{string:?} was lowered as UTF-16, though Latin-1 would do"));
            }
            Ok(string)
        }
    }
}

fn load_utf16(memory: &Memory, pointer: u32, units: u32) -> Result<String> {
    let size = 2 * u64::from(units);
    Memory::check(pointer, 2, size)?;
    let bytes = memory.read(pointer, size as u32)?;
    let units: Vec<u16> = bytes.chunks(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    String::from_utf16(&units).or_else(|error| trap(format!("bad UTF-16: {error}")))
}

fn is_latin1(string: &str) -> bool {
    string.chars().all(|char| u32::from(char) <= 0xff)
}
