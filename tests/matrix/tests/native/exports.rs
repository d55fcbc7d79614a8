//! The scenarios' interfaces as the sources of Rust callees know them: traits that they implement. The host serves callers with them.

/// An interface: the trait of a callee, and what serves it to a guest.
macro_rules! interface {
    ($interface:literal $(fn $name:ident($($param:ident: $ty:ty),*) -> $result:ty;)*) => {
        pub trait Guest {
            $(fn $name($($param: $ty),*) -> $result;)*
        }

        /// Defines the functions of the interface.
        pub fn serve(linker: &mut crate::guests::Linker) -> wasmtime::Result<()> {
            let mut interface = linker.instance($interface)?;
            $(interface.func_wrap(&stringify!($name).replace('_', "-"), |_, ($($param,)*): ($($ty,)*)| {
                Ok((<crate::Component as Guest>::$name($($param),*),))
            })?;)*
            Ok(())
        }
    };
}

/// What a caller exports.
macro_rules! check {
    () => {
        pub trait Guest {
            fn run() -> Result<u32, String>;
        }
    };
}

pub mod test {
    pub mod strings {
        pub mod strings {
            interface! {
                "test:strings/strings"
                fn concat(a: String, b: String) -> String;
                fn utf8_length(s: String) -> u32;
                fn utf16_length(s: String) -> u32;
                fn scalar_count(s: String) -> u32;
                fn reverse(s: String) -> String;
                fn repeat(s: String, n: u32) -> String;
                fn checksum(s: String) -> u32;
                fn at(s: String, index: u32) -> char;
                fn from_char(c: char) -> String;
            }
        }

        pub mod check_strings {
            check!();
        }
    }

    pub mod records {
        pub mod records {
            pub use crate::scenarios::bindings::test::records::records::{Mixed, Path, Point, Segment};

            interface! {
                "test:records/records"
                fn bump(m: Mixed) -> Mixed;
                fn fold(all: Vec<Mixed>) -> Mixed;
                fn reverse(s: Segment) -> Segment;
                fn length_squared(s: Segment) -> f64;
                fn connect(points: Vec<Point>) -> Path;
                fn describe(p: Path) -> String;
                fn swap(t: (u8, u64, String)) -> (String, u64, u8);
                fn rotate(t: ((u16, f32), String)) -> (u16, (f32, String));
                fn single(t: (u32,)) -> (u32,);
                fn squares(numbers: Vec<u32>) -> Vec<(u32, u64)>;
            }
        }

        pub mod check_records {
            check!();
        }
    }

    pub mod lists {
        pub mod lists {
            pub use crate::scenarios::bindings::test::lists::lists::Point;

            interface! {
                "test:lists/lists"
                fn xor_bytes(data: Vec<u8>, mask: u8) -> Vec<u8>;
                fn iota(start: u64, count: u32) -> Vec<u64>;
                fn sum(numbers: Vec<u64>) -> u64;
                fn widen(a: Vec<i8>, b: Vec<u16>, c: Vec<i16>, d: Vec<u32>, e: Vec<i32>, f: Vec<i64>, g: Vec<f32>) -> Vec<f64>;
                fn invert(bits: Vec<bool>) -> Vec<bool>;
                fn explode(s: String) -> Vec<char>;
                fn implode(chars: Vec<char>) -> String;
                fn sort(strings: Vec<String>) -> Vec<String>;
                fn flatten(groups: Vec<Vec<String>>) -> Vec<String>;
                fn group_by_length(strings: Vec<String>) -> Vec<Vec<String>>;
                fn translate(points: Vec<Point>, dx: i32, dy: i32) -> Vec<Point>;
                fn weigh(groups: Vec<Vec<Vec<u8>>>) -> Vec<u32>;
            }
        }

        pub mod check_lists {
            check!();
        }
    }

    pub mod variants {
        pub mod variants {
            pub use crate::scenarios::bindings::test::variants::variants::{DoubleWord, Size, Value, Word};

            interface! {
                "test:variants/variants"
                fn name(v: Value) -> String;
                fn make(kind: u32, n: u64, text: String) -> Value;
                fn grow(v: Value) -> Value;
                fn total(values: Vec<Value>) -> f64;
                fn reinterpret(w: Word) -> Word;
                fn reinterpret_double(w: DoubleWord) -> DoubleWord;
                fn reverse(values: Vec<Value>) -> Vec<Value>;
            }
        }

        pub mod check_variants {
            check!();
        }
    }

    pub mod scalars {
        pub mod scalars {
            interface! {
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

        pub mod check_scalars {
            check!();
        }
    }

    pub mod options {
        pub mod options {
            pub use crate::scenarios::bindings::test::options::options::{Failure, Reason};

            interface! {
                "test:options/options"
                fn increment(x: Option<u32>) -> Option<u32>;
                fn first(s: Option<String>) -> Option<char>;
                fn nest(depth: u32) -> Option<Option<u32>>;
                fn depth(x: Option<Option<u32>>) -> u32;
                fn square_root(x: i64) -> Result<u32, Failure>;
                fn unit(ok: bool) -> Result<(), ()>;
                fn reject(text: String) -> Result<(), String>;
                fn accept(n: u64) -> Result<u64, ()>;
                fn swap(r: Result<f32, String>) -> Result<String, f32>;
                fn classify(numbers: Vec<Option<u8>>) -> Vec<Result<u8, u32>>;
                fn weigh(x: Option<Result<Option<Vec<u32>>, String>>) -> u32;
            }
        }

        pub mod check_options {
            check!();
        }
    }
}
