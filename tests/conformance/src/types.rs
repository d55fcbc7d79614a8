//! WIT types, and what the specification makes of them.

use std::fmt::Write as _;

/// A WIT type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Type {
    Bool,
    Int {
        bits: u32,
        signed: bool,
    },
    F32,
    F64,
    Char,
    String,
    List(Box<Type>),
    FixedList(Box<Type>, usize),
    Map(Box<Type>, Box<Type>),
    Record(Vec<Type>),
    Tuple(Vec<Type>),
    Variant(Vec<Option<Type>>),
    Enum(usize),
    Option(Box<Type>),
    Result(Option<Box<Type>>, Option<Box<Type>>),
    /// With so many labels.
    Flags(usize),
}

/// A type after `despecialize`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Plain {
    Bool,
    Int { bits: u32, signed: bool },
    F32,
    F64,
    Char,
    String,
    List(Box<Plain>),
    FixedList(Box<Plain>, usize),
    Record(Vec<Plain>),
    Variant(Vec<Option<Plain>>),
    Flags(usize),
}

impl Type {
    /// `u8`, the simplest type.
    pub const U8: Type = Type::Int { bits: 8, signed: false };

    /// The specification's `despecialize`, all the way down.
    pub fn despecialize(&self) -> Plain {
        let all = |types: &[Type]| types.iter().map(Type::despecialize).collect();
        let payload = |ty: &Option<Box<Type>>| ty.as_ref().map(|ty| ty.despecialize());
        match self {
            Type::Bool => Plain::Bool,
            Type::Int { bits, signed } => Plain::Int { bits: *bits, signed: *signed },
            Type::F32 => Plain::F32,
            Type::F64 => Plain::F64,
            Type::Char => Plain::Char,
            Type::String => Plain::String,
            Type::List(element) => Plain::List(Box::new(element.despecialize())),
            Type::FixedList(element, length) => Plain::FixedList(Box::new(element.despecialize()), *length),
            Type::Map(key, value) => {
                Plain::List(Box::new(Plain::Record(vec![key.despecialize(), value.despecialize()])))
            }
            Type::Record(types) | Type::Tuple(types) => Plain::Record(all(types)),
            Type::Variant(cases) => {
                Plain::Variant(cases.iter().map(|case| case.as_ref().map(Type::despecialize)).collect())
            }
            Type::Enum(cases) => Plain::Variant(vec![None; *cases]),
            Type::Option(some) => Plain::Variant(vec![None, Some(some.despecialize())]),
            Type::Result(ok, err) => Plain::Variant(vec![payload(ok), payload(err)]),
            Type::Flags(labels) => Plain::Flags(*labels),
        }
    }
}

/// Writes types as WIT. Those that need a name are declared.
#[derive(Default)]
pub struct Wit {
    /// The declarations.
    pub declarations: String,
    declared: usize,
}

impl Wit {
    /// A type, declared if need be.
    pub fn ty(&mut self, ty: &Type) -> String {
        match ty {
            Type::Bool => "bool".to_owned(),
            Type::Int { bits, signed } => format!("{}{bits}", if *signed { 's' } else { 'u' }),
            Type::F32 => "f32".to_owned(),
            Type::F64 => "f64".to_owned(),
            Type::Char => "char".to_owned(),
            Type::String => "string".to_owned(),
            Type::List(element) => format!("list<{}>", self.ty(element)),
            Type::FixedList(element, length) => format!("list<{}, {length}>", self.ty(element)),
            Type::Map(key, value) => format!("map<{}, {}>", self.ty(key), self.ty(value)),
            Type::Tuple(types) => {
                let types: Vec<_> = types.iter().map(|ty| self.ty(ty)).collect();
                format!("tuple<{}>", types.join(", "))
            }
            Type::Option(some) => format!("option<{}>", self.ty(some)),
            Type::Result(ok, err) => self.result(ok.as_deref(), err.as_deref()),
            Type::Record(fields) => {
                let fields: Vec<_> = fields.iter().map(|ty| self.ty(ty)).collect();
                self.declare("record", fields.iter().enumerate().map(|(index, ty)| format!("f{index}: {ty}")))
            }
            Type::Variant(cases) => {
                let cases: Vec<_> = cases.iter().map(|case| case.as_ref().map(|ty| self.ty(ty))).collect();
                let case = |(index, ty): (usize, &Option<String>)| match ty {
                    Some(ty) => format!("c{index}({ty})"),
                    None => format!("c{index}"),
                };
                self.declare("variant", cases.iter().enumerate().map(case))
            }
            Type::Enum(cases) => self.declare("enum", (0..*cases).map(|index| format!("c{index}"))),
            Type::Flags(labels) => self.declare("flags", (0..*labels).map(|index| format!("l{index}"))),
        }
    }

    fn result(&mut self, ok: Option<&Type>, err: Option<&Type>) -> String {
        match (ok, err) {
            (None, None) => "result".to_owned(),
            (Some(ok), None) => format!("result<{}>", self.ty(ok)),
            (None, Some(err)) => format!("result<_, {}>", self.ty(err)),
            (Some(ok), Some(err)) => format!("result<{}, {}>", self.ty(ok), self.ty(err)),
        }
    }

    fn declare(&mut self, keyword: &str, parts: impl Iterator<Item = String>) -> String {
        let name = format!("t{}", self.declared);
        self.declared += 1;
        let parts: Vec<_> = parts.collect();
        // Writing to a string cannot fail.
        let _ = writeln!(self.declarations, "  {keyword} {name} {{ {} }}", parts.join(", "));
        name
    }
}
