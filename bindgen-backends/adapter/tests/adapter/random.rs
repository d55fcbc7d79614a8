//! Random types and values. `ONRAMP_CASES` says how many (default 120), `ONRAMP_SEED` which.

use std::fmt::Write;

use onramp_abi::Profile;

use crate::{
    harness::{Case, case},
    oracle::{Core, T, V, type_of},
    values::ENCODINGS,
};

/// xorshift64*
#[derive(Clone)]
pub struct Random {
    state: u64,
    /// What handles there may be in a type, as WIT.
    pub handles: &'static [&'static str],
}

impl Random {
    fn new(state: u64) -> Random {
        Random { state, handles: &[] }
    }

    /// The numbers of a case.
    pub fn of_case(seed: u64, index: u64) -> Random {
        let mut random = Random::new((seed << 32 | index).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn one_of<X: Copy>(&mut self, of: &[X]) -> X {
        of[self.below(of.len() as u64) as usize]
    }

    /// A type, as WIT; what has to be declared for it goes to `types`.
    pub fn wit(&mut self, types: &mut String, depth: u32) -> String {
        const LEAVES: [&str; 15] = [
            "bool", "u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64", "f32", "f64", "char", "string", "string",
            "result",
        ];
        if depth < 3 && !self.handles.is_empty() && self.below(2) == 0 {
            return self.one_of(self.handles).to_owned();
        }
        if depth == 0 || self.below(4) == 0 {
            return self.one_of(&LEAVES).to_owned();
        }
        let some = |random: &mut Random, types: &mut String| {
            let count = 1 + random.below(5);
            (0..count).map(|_| random.wit(types, depth - 1)).collect::<Vec<_>>()
        };
        match self.below(12) {
            0 | 1 => format!("list<{}>", self.wit(types, depth - 1)),
            2 => format!("list<{}, {}>", self.wit(types, depth - 1), 1 + self.below(7)),
            3 => format!("option<{}>", self.wit(types, depth - 1)),
            4 => format!("result<{}, {}>", self.wit(types, depth - 1), self.wit(types, depth - 1)),
            5 => format!("tuple<{}>", some(self, types).join(", ")),
            6 => format!("map<{}, {}>", self.one_of(&["string", "u8", "char"]), self.wit(types, depth - 1)),
            7 => {
                let fields = some(self, types);
                declare(types, "record", fields.iter().enumerate().map(|(i, ty)| format!("f{i}: {ty}")))
            }
            8 | 9 => {
                let cases = some(self, types);
                let bare = self.below(3);
                let cases = cases.iter().enumerate().map(|(i, ty)| format!("c{i}({ty})"));
                declare(types, "variant", cases.chain((0..bare).map(|i| format!("d{i}"))))
            }
            10 => {
                let cases = 1 + self.below(5);
                declare(types, "enum", (0..cases).map(|i| format!("c{i}")))
            }
            _ => {
                let labels = 1 + self.below(32);
                declare(types, "flags", (0..labels).map(|i| format!("l{i}")))
            }
        }
    }

    pub fn value(&mut self, t: &T) -> V {
        match t {
            T::Bool => V::Bool(self.below(2) == 1),
            T::Int { bytes, signed } => {
                let value = i128::from(self.next()) >> self.one_of(&[0, 0, 31, 60]) & ((1 << (8 * bytes)) - 1);
                V::Int(if *signed && value >> (8 * bytes - 1) == 1 { value - (1 << (8 * bytes)) } else { value })
            }
            T::F32 => V::F32(self.next() as u32),
            T::F64 => V::F64(self.next()),
            T::Char => V::Char(self.char()),
            T::String => {
                let length = self.one_of(&[0, 1, 5, 17, 40]);
                let ascii = self.below(2) == 0;
                V::String((0..length).map(|_| if ascii { 'a' } else { self.char() }).collect())
            }
            T::List(element) => {
                let length = self.one_of(&[0, 1, 2, 7]);
                V::List((0..length).map(|_| self.value(element)).collect())
            }
            T::Fixed(element, length) => V::List((0..*length).map(|_| self.value(element)).collect()),
            T::Record(fields) => V::Record(fields.iter().map(|field| self.value(field)).collect()),
            T::Variant(cases) => {
                let case = self.below(cases.len() as u64) as usize;
                V::Variant(case, cases[case].as_ref().map(|t| Box::new(self.value(t))))
            }
            T::Flags(labels) => V::Flags((self.next() as u32) >> (32 - labels)),
            // A gc guest has another kind of reference for each.
            T::Handle => V::Int(self.one_of(&[2000, 1 << 30]) + i128::from(self.below(1000))),
        }
    }

    fn char(&mut self) -> char {
        let end = self.one_of(&[0x80, 0x100, 0x800, 0x1_0000, 0x11_0000]);
        char::from_u32(self.below(end) as u32).unwrap_or('\u{e000}')
    }
}

fn declare(types: &mut String, kind: &str, parts: impl Iterator<Item = String>) -> String {
    let name = format!("t{}", types.lines().count());
    let parts: Vec<String> = parts.collect();
    writeln!(types, "{kind} {name} {{ {} }}", parts.join(", ")).expect("a string");
    name
}

/// How many cases are to be tried, and which.
pub fn cases_and_seed() -> (u64, u64) {
    let number = |name, default| std::env::var(name).ok().map_or(default, |value| value.parse().expect("a number"));
    (number("ONRAMP_CASES", 120), number("ONRAMP_SEED", 1))
}

/// Bytes that are UTF-8 or nearly: what Rust takes arrives, and nothing else does.
#[test]
fn random_bytes_as_utf8() {
    const PARTS: [&[u8]; 16] = [
        b"a",
        b"a",
        b"0123456789abcdef",
        "é".as_bytes(),
        "€".as_bytes(),
        "🎼".as_bytes(),
        "\u{10ffff}".as_bytes(),
        "\u{800}".as_bytes(),
        "é€🎼".as_bytes(),
        b"\x80",
        b"\xc2",
        b"\xe0\xa0",
        b"\xed\xa0",
        b"\xf0\x90\x80",
        b"\xf4\x90",
        b"\xff",
    ];
    let mut random = Random::new(7);
    let mut good = 0;
    for encoding in ENCODINGS {
        let mut pair = case("func(x: string)").encodings(ENCODINGS[0], encoding).instantiate();
        for _ in 0..1500 {
            let kinds = random.one_of(&[9, 16]);
            let parts = random.below(40);
            let bytes: Vec<u8> = (0..parts).flat_map(|_| random.one_of(&PARTS[..kinds])).copied().collect();
            pair.write_caller(64, &bytes);
            let outcome = pair.call_raw(&[Core::I32(64), Core::I32(bytes.len() as u32)]);
            match std::str::from_utf8(&bytes) {
                Ok(text) => {
                    good += 1;
                    outcome.unwrap_or_else(|error| panic!("{bytes:x?}: {error:?}"));
                    assert_eq!(pair.store.data().received, Some(vec![V::String(text.to_owned())]));
                }
                Err(_) => assert!(outcome.is_err(), "{bytes:x?}"),
            }
        }
    }
    assert!((1000..4000).contains(&good), "{good}");
}

#[test]
fn random_types_and_values() {
    let (cases, seed) = cases_and_seed();
    let pairs = Profile::LINEAR.into_iter().flat_map(|caller| Profile::LINEAR.map(|callee| (caller, callee)));
    let pairs: Vec<(Profile, Profile)> = pairs.collect();
    for index in 0..cases {
        let mut random = Random::of_case(seed, index);
        let mut types = String::new();
        if index / 16 % 3 == 0 {
            random.handles = &["own<a>"];
            types.push_str("resource a;\n");
        }
        let params: Vec<String> =
            (0..random.below(5)).map(|i| format!("p{i}: {}", random.wit(&mut types, 4))).collect();
        let result = random.wit(&mut types, 4);
        let func = format!("func({}) -> {result}", params.join(", "));
        let case: Case<'_> = case(&func).types(&types).encodings(random.one_of(&ENCODINGS), random.one_of(&ENCODINGS));
        let (caller, callee) = pairs[index as usize % pairs.len()];
        let case = case.profiles(caller, callee);
        println!("ONRAMP_SEED={seed}, case {index}:\n{types}{func}\n{:?} {:?}", case.caller, case.callee);
        let (resolve, func) = case.resolve();
        let args: Vec<V> = func.params.iter().map(|param| random.value(&type_of(&resolve, &param.ty))).collect();
        let result = random.value(&type_of(&resolve, func.result.as_ref().expect("a result")));
        case.passes(&args, Some(&result));
    }
    for (index, (caller, callee)) in pairs.iter().enumerate() {
        println!("{caller} -> {callee}: {} cases", (cases + 15 - index as u64) / 16);
    }
}
