//! Steps as statements.

use std::fmt::Write;

use onramp_abi::CoreType;
use onramp_bridge::{Content, Place, Scalar, Step};
use wit_bindgen_core::wit_parser::abi::WasmType;

/// Prints steps.
pub struct Printer<'a> {
    /// The path of the runtime.
    pub runtime: &'a str,
    /// The name of the pointer to the block.
    pub block: &'a str,
    /// What the names of core values begin with; a number follows.
    pub core: &'a str,
    /// The types of the core values.
    pub slots: &'a [WasmType],
    /// What records of `--lazy` hold, by their numbers, in the runtime's types.
    pub given: &'a [String],
}

impl Printer<'_> {
    /// The statements, each with a newline behind it.
    pub fn print(&self, steps: &[Step]) -> String {
        steps.iter().fold(String::new(), |out, step| out + &self.step(step))
    }

    fn step(&self, step: &Step) -> String {
        match step {
            Step::Receive { handle: Place::Core(core), length, content, .. } => {
                let (words, rest) = (self.core_words(*core, *length), self.content(content));
                format!("{}{core} = {}::lazy::argument{}({words}, {rest};\n", self.core, self.runtime, all(content))
            }
            Step::Receive { handle: Place::Memory(offset), content, release, .. } => {
                let name = if *release { "result" } else { "parameter" };
                self.in_memory(name, *offset, content)
            }
            Step::Adopt { pointer: Place::Memory(offset), content, .. } => self.in_memory("adopt", *offset, content),
            Step::Adopt { pointer: Place::Core(_), .. } => unreachable!("scratch is memory"),
            Step::Free { pointer: Place::Core(core), length, content } => {
                let (words, rest) = (self.core_words(*core, *length), self.content(content));
                format!("{}::results::free_words{}({words}, {rest};\n", self.runtime, all(content))
            }
            Step::Free { pointer: Place::Memory(offset), content, .. } => {
                let (at, rest) = (self.at(*offset), self.content(content));
                format!("{}::results::free{}({at}, {rest};\n", self.runtime, all(content))
            }
            Step::Match { tag, width, cases } => self.cases(*tag, *width, cases),
            Step::Repeat { offset, stride, count, steps } => {
                let inner = Printer { block: "each", ..*self }.print(steps);
                let first = self.at(*offset);
                format!("for i in 0..{count} {{\nlet each = {first}.add(i * {stride});\n{inner}}}\n")
            }
            Step::Store(scalar) => self.store(scalar),
            Step::Load(scalar) => format!("{}{} = {};\n", self.core, scalar.core, self.load(scalar)),
            Step::Reclaim { first: Place::Core(core), length, lazy } => {
                let words = self.core_words(*core, *length);
                format!("{}::lazy::reclaim_words::<{}>({words});\n", self.runtime, self.given[*lazy])
            }
            Step::Reclaim { first: Place::Memory(offset), lazy, .. } => {
                format!("{}::lazy::reclaim::<{}>({});\n", self.runtime, self.given[*lazy], self.at(*offset))
            }
        }
    }

    /// Handle or pointer, and length, as two arguments.
    fn core_words(&self, handle: usize, length: Place) -> String {
        match length {
            Place::Core(length) => format!("{0}{handle}, {0}{length}", self.core),
            Place::Memory(_) => unreachable!("the words of a value are beside each other"),
        }
    }

    fn in_memory(&self, name: &str, offset: u32, content: &Content) -> String {
        format!("{}::lazy::{name}{}({}, {};\n", self.runtime, all(content), self.at(offset), self.content(content))
    }

    /// The arguments that say what a value is made of, and the closing bracket.
    fn content(&self, content: &Content) -> String {
        match content {
            Content::Text => "1, 1)".to_owned(),
            Content::List { size, align, elements, .. } if elements.is_empty() => format!("{size}, {align})"),
            Content::List { size, align, deep_align, elements } => {
                let inner = Printer { block: "each", ..*self }.print(elements);
                format!("{size}, {align}, {deep_align}, |each| {{\n{inner}}})")
            }
        }
    }

    fn cases(&self, tag: Place, width: u8, cases: &[(u32, Vec<Step>)]) -> String {
        let tag = match tag {
            Place::Core(core) => self.core_as_u32(core),
            Place::Memory(offset) => format!("*{}.cast::<u{}>()", self.at(offset), u32::from(width) * 8),
        };
        if let [(case, steps)] = cases {
            return format!("if {tag} == {case} {{\n{}}}\n", self.print(steps));
        }
        let mut out = format!("match {tag} {{\n");
        for (case, steps) in cases {
            let _ = writeln!(out, "{case} => {{\n{}}}", self.print(steps));
        }
        out + "_ => {}\n}\n"
    }

    /// A core value that holds a discriminant.
    fn core_as_u32(&self, core: usize) -> String {
        match self.slots[core] {
            WasmType::I32 => format!("{}{core}", self.core),
            WasmType::PointerOrI64 => format!("{}{core}.assume_init() as u32", self.core),
            _ => format!("{}{core} as u32", self.core),
        }
    }

    fn store(&self, scalar: &Scalar) -> String {
        let name = format!("{}{}", self.core, scalar.core);
        let (ty, value) = match (scalar.slot, scalar.width) {
            (CoreType::F32, _) => ("f32", name),
            (CoreType::F64, _) => ("f64", name),
            (CoreType::I64, 8) => ("i64", name),
            (CoreType::I32, 4) => ("i32", name),
            (CoreType::I32 | CoreType::I64, 1) => ("u8", format!("{name} as u8")),
            (CoreType::I32 | CoreType::I64, 2) => ("u16", format!("{name} as u16")),
            (CoreType::I32 | CoreType::I64, _) => ("u32", format!("{name} as u32")),
        };
        format!("*{}.cast::<{ty}>() = {value};\n", self.at(scalar.offset))
    }

    /// The core value that a scalar in the block is.
    pub fn load(&self, scalar: &Scalar) -> String {
        let read = |ty: &str| format!("*{}.cast::<{ty}>()", self.at(scalar.offset));
        let bits = u32::from(scalar.width) * 8;
        match (scalar.slot, scalar.width, scalar.signed) {
            (CoreType::F32, ..) => read("f32"),
            (CoreType::F64, ..) => read("f64"),
            (CoreType::I32, 4, _) => read("i32"),
            (CoreType::I64, 8, _) => read("i64"),
            (CoreType::I32, _, false) => format!("i32::from({})", read(&format!("u{bits}"))),
            (CoreType::I32, _, true) => format!("i32::from({})", read(&format!("i{bits}"))),
            (CoreType::I64, _, false) => format!("i64::from({})", read(&format!("u{bits}"))),
            (CoreType::I64, _, true) => format!("i64::from(i32::from({}) as u32)", read(&format!("i{bits}"))),
        }
    }

    fn at(&self, offset: u32) -> String {
        at(self.block, offset)
    }
}

/// So many bytes behind a pointer.
pub fn at(block: &str, offset: u32) -> String {
    match offset {
        0 => block.to_owned(),
        offset => format!("{block}.add({offset})"),
    }
}

/// The end of the name of the runtime's function: elements with dynamic values need another one.
fn all(content: &Content) -> &'static str {
    match content {
        Content::List { elements, .. } if !elements.is_empty() => "_all",
        Content::Text | Content::List { .. } => "",
    }
}

/// The core values that steps assign, at any depth.
pub fn assigned(steps: &[Step]) -> Vec<usize> {
    let mut out = Vec::new();
    for step in steps {
        match step {
            Step::Receive { handle: Place::Core(core), .. } => out.push(*core),
            Step::Load(scalar) => out.push(scalar.core),
            Step::Match { cases, .. } => out.extend(cases.iter().flat_map(|(_, steps)| assigned(steps))),
            Step::Receive { .. }
            | Step::Adopt { .. }
            | Step::Free { .. }
            | Step::Repeat { .. }
            | Step::Reclaim { .. }
            | Step::Store(_) => {}
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// How many core values there are, when all of them are words that lie behind each other in the block.
pub fn words(steps: &[Step]) -> Option<usize> {
    let is_word = |(index, step): (usize, &Step)| match step {
        Step::Store(scalar) | Step::Load(scalar) => {
            (scalar.core, scalar.slot, scalar.width) == (index, CoreType::I32, 4) && scalar.offset as usize == 4 * index
        }
        _ => false,
    };
    steps.iter().enumerate().all(is_word).then_some(steps.len())
}

/// A core type in Rust.
pub fn rust_type(ty: CoreType) -> &'static str {
    match ty {
        CoreType::I32 => "i32",
        CoreType::I64 => "i64",
        CoreType::F32 => "f32",
        CoreType::F64 => "f64",
    }
}

/// A core type as a slot's type.
pub fn slot(ty: CoreType) -> WasmType {
    match ty {
        CoreType::I32 => WasmType::I32,
        CoreType::I64 => WasmType::I64,
        CoreType::F32 => WasmType::F32,
        CoreType::F64 => WasmType::F64,
    }
}
