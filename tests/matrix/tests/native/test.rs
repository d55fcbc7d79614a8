//! The scenarios' interfaces as the sources of Rust callers know them: functions that they import. They call the guest that is checked.

/// The functions of an interface.
macro_rules! functions {
    ($interface:literal $(fn $name:ident($($param:ident: $ty:ty),*) -> $result:ty;)*) => {
        $(pub fn $name($($param: $ty),*) -> $result {
            crate::guests::of_callee($interface, &stringify!($name).replace('_', "-"), ($($param,)*))
        })*
    };
}

pub mod strings {
    pub mod strings {
        functions! {
            "test:strings/strings"
            fn concat(a: &str, b: &str) -> String;
            fn utf8_length(s: &str) -> u32;
            fn utf16_length(s: &str) -> u32;
            fn scalar_count(s: &str) -> u32;
            fn reverse(s: &str) -> String;
            fn repeat(s: &str, n: u32) -> String;
            fn checksum(s: &str) -> u32;
            fn at(s: &str, index: u32) -> char;
            fn from_char(c: char) -> String;
        }
    }
}

pub mod records {
    pub mod records {
        pub use crate::scenarios::bindings::test::records::records::{Mixed, Path, Point, Segment};

        functions! {
            "test:records/records"
            fn bump(m: Mixed) -> Mixed;
            fn fold(all: &[Mixed]) -> Mixed;
            fn reverse(s: &Segment) -> Segment;
            fn length_squared(s: &Segment) -> f64;
            fn connect(points: &[Point]) -> Path;
            fn describe(p: &Path) -> String;
            fn swap(t: (u8, u64, &str)) -> (String, u64, u8);
            fn rotate(t: ((u16, f32), &str)) -> (u16, (f32, String));
            fn single(t: (u32,)) -> (u32,);
            fn squares(numbers: &[u32]) -> Vec<(u32, u64)>;
        }
    }
}

pub mod lists {
    pub mod lists {
        pub use crate::scenarios::bindings::test::lists::lists::Point;

        functions! {
            "test:lists/lists"
            fn xor_bytes(data: &[u8], mask: u8) -> Vec<u8>;
            fn iota(start: u64, count: u32) -> Vec<u64>;
            fn sum(numbers: &[u64]) -> u64;
            fn widen(a: &[i8], b: &[u16], c: &[i16], d: &[u32], e: &[i32], f: &[i64], g: &[f32]) -> Vec<f64>;
            fn invert(bits: &[bool]) -> Vec<bool>;
            fn explode(s: &str) -> Vec<char>;
            fn implode(chars: &[char]) -> String;
            fn sort(strings: &[String]) -> Vec<String>;
            fn flatten(groups: &[Vec<String>]) -> Vec<String>;
            fn group_by_length(strings: &[String]) -> Vec<Vec<String>>;
            fn translate(points: &[Point], dx: i32, dy: i32) -> Vec<Point>;
            fn weigh(groups: &[Vec<Vec<u8>>]) -> Vec<u32>;
        }
    }
}

pub mod variants {
    pub mod variants {
        pub use crate::scenarios::bindings::test::variants::variants::{DoubleWord, Size, Value, Word};

        functions! {
            "test:variants/variants"
            fn name(v: &Value) -> String;
            fn make(kind: u32, n: u64, text: &str) -> Value;
            fn grow(v: &Value) -> Value;
            fn total(values: &[Value]) -> f64;
            fn reinterpret(w: Word) -> Word;
            fn reinterpret_double(w: DoubleWord) -> DoubleWord;
            fn reverse(values: &[Value]) -> Vec<Value>;
        }
    }
}

pub mod scalars {
    pub mod scalars {
        functions! {
            "test:scalars/scalars"
            fn next_u8(x: u8) -> u8;
            fn next_s8(x: i8) -> i8;
            fn next_u16(x: u16) -> u16;
            fn next_s16(x: i16) -> i16;
            fn next_u32(x: u32) -> u32;
            fn next_s32(x: i32) -> i32;
            fn next_u64(x: u64) -> u64;
            fn next_s64(x: i64) -> i64;
            fn sum(a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64) -> i64;
            fn bits_f32(x: f32) -> u32;
            fn bits_f64(x: f64) -> u64;
            fn from_bits_f32(bits: u32) -> f32;
            fn from_bits_f64(bits: u64) -> f64;
            fn divide_f32(a: f32, b: f32) -> f32;
            fn divide_f64(a: f64, b: f64) -> f64;
            fn exclusive(a: bool, b: bool) -> bool;
            fn code(c: char) -> u32;
            fn next_char(c: char) -> char;
        }
    }
}

pub mod options {
    pub mod options {
        pub use crate::scenarios::bindings::test::options::options::{Failure, Reason};

        functions! {
            "test:options/options"
            fn increment(x: Option<u32>) -> Option<u32>;
            fn first(s: Option<&str>) -> Option<char>;
            fn nest(depth: u32) -> Option<Option<u32>>;
            fn depth(x: Option<Option<u32>>) -> u32;
            fn square_root(x: i64) -> Result<u32, Failure>;
            fn unit(ok: bool) -> Result<(), ()>;
            fn reject(text: &str) -> Result<(), String>;
            fn accept(n: u64) -> Result<u64, ()>;
            fn swap(r: Result<f32, &str>) -> Result<String, f32>;
            fn classify(numbers: &[Option<u8>]) -> Vec<Result<u8, u32>>;
            fn weigh(x: Option<Result<Option<&[u32]>, &str>>) -> u32;
        }
    }
}
