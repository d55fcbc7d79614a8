//! The core types of a native guest: what stands for a WIT type.

use std::{collections::HashMap, fmt::Write};

use wit_parser::{Resolve, Type, TypeDefKind};

/// Decides where a guest has a choice: a number below the given one.
pub type Choices<'c> = dyn FnMut(u64) -> u64 + 'c;

/// What stands for a WIT type. Numbers are those of core types.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Shape {
    Bool,
    Int { bytes: u32, signed: bool },
    F32,
    F64,
    Char,
    Enum(usize),
    Flags(u32),
    Handle,
    String { array: u32, is_wide: bool },
    List { array: u32, element: Box<Shape> },
    Record { object: u32, fields: Vec<Shape>, subtype: Option<u32> },
    Sum { base: u32, cases: Vec<Option<Shape>> },
}

/// The core types of a guest under construction.
pub struct Layout<'r> {
    resolve: &'r Resolve,
    /// Without them, the guest has what this project chooses.
    choices: Option<&'r mut Choices<'r>>,
    /// All types in one recursion group.
    is_one_group: bool,
    groups: Vec<Vec<String>>,
    count: u32,
    /// Only what this project chooses: types that are written alike are one.
    known: HashMap<String, u32>,
}

/// What stands for the number of a group's first type while the group is written.
const FIRST: &str = "FIRST";

impl<'r> Layout<'r> {
    /// No types yet. Without choices, the guest has what this project chooses.
    pub fn new(resolve: &'r Resolve, mut choices: Option<&'r mut Choices<'r>>) -> Layout<'r> {
        let is_one_group = choices.as_mut().is_some_and(|below| below(3) == 0);
        Layout { resolve, choices, is_one_group, groups: Vec::new(), count: 0, known: HashMap::new() }
    }

    /// How many types there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The type section, as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let all = if self.is_one_group { vec![self.groups.concat()] } else { self.groups.clone() };
        for group in all {
            let types: Vec<String> = group.iter().map(|ty| format!("(type {ty})")).collect();
            writeln!(text, "(rec {})", types.join("\n  ")).expect("a string");
        }
        text
    }

    /// What stands for a type, in values that the guest receives or in those that it sends.
    pub fn shape(&mut self, ty: &Type, is_received: bool) -> Shape {
        let int = |bytes, signed| Shape::Int { bytes, signed };
        match ty {
            Type::Bool => Shape::Bool,
            Type::U8 => int(1, false),
            Type::S8 => int(1, true),
            Type::U16 => int(2, false),
            Type::S16 => int(2, true),
            Type::U32 => int(4, false),
            Type::S32 => int(4, true),
            Type::U64 => int(8, false),
            Type::S64 => int(8, true),
            Type::F32 => Shape::F32,
            Type::F64 => Shape::F64,
            Type::Char => Shape::Char,
            Type::String => self.string(is_received),
            Type::ErrorContext => panic!("error-context"),
            Type::Id(id) => self.defined(&self.resolve.types[*id].kind, is_received),
        }
    }

    fn defined(&mut self, kind: &'r TypeDefKind, is_received: bool) -> Shape {
        match kind {
            TypeDefKind::Type(ty) => self.shape(ty, is_received),
            TypeDefKind::Record(record) => self.record(record.fields.iter().map(|field| &field.ty), is_received),
            TypeDefKind::Tuple(tuple) => self.record(tuple.types.iter(), is_received),
            TypeDefKind::List(element) | TypeDefKind::FixedLengthList(element, _) => {
                let element = self.shape(element, is_received);
                self.list(element, is_received)
            }
            TypeDefKind::Map(key, value) => {
                let element = self.record([key, value].into_iter(), is_received);
                self.list(element, is_received)
            }
            TypeDefKind::Variant(v) => self.sum(v.cases.iter().map(|case| case.ty.as_ref()), is_received),
            TypeDefKind::Option(some) => self.sum([None, Some(some)].into_iter(), is_received),
            TypeDefKind::Result(r) => self.sum([r.ok.as_ref(), r.err.as_ref()].into_iter(), is_received),
            TypeDefKind::Enum(e) => Shape::Enum(e.cases.len()),
            TypeDefKind::Flags(flags) => Shape::Flags(flags.flags.len() as u32),
            // No guest can have the last two: the compiler says so.
            TypeDefKind::Handle(_) | TypeDefKind::Stream(_) | TypeDefKind::Future(_) => Shape::Handle,
            kind => panic!("{}", kind.as_str()),
        }
    }

    fn string(&mut self, is_received: bool) -> Shape {
        let is_wide = self.chooses(2);
        let unit = if is_wide { "i16" } else { "i8" };
        Shape::String { array: self.array(unit, is_received), is_wide }
    }

    fn list(&mut self, element: Shape, is_received: bool) -> Shape {
        // Chosen: nullable, so that there can be an array before its elements.
        let is_nullable = self.choices.is_none() || self.chooses(2);
        let storage = storage(&element, is_nullable);
        Shape::List { array: self.array(&storage, is_received), element: Box::new(element) }
    }

    fn array(&mut self, element: &str, is_received: bool) -> u32 {
        let is_immutable = !is_received && self.chooses(2);
        let array = if is_immutable { format!("(array {element})") } else { format!("(array (mut {element}))") };
        let ty = self.maybe_open(array);
        self.group(vec![ty])
    }

    fn record<'t>(&mut self, types: impl Iterator<Item = &'t Type>, is_received: bool) -> Shape {
        let fields: Vec<Shape> = types.map(|ty| self.shape(ty, is_received)).collect();
        let struct_fields: Vec<String> = fields.iter().map(|field| self.field(field)).collect();
        let struct_fields = struct_fields.join(" ");
        if !self.chooses(3) {
            let ty = self.maybe_open(format!("(struct {struct_fields})"));
            return Shape::Record { object: self.group(vec![ty]), fields, subtype: None };
        }
        // An object of a subtype may be passed, which has a field more; and there may be a supertype.
        let base = self.group(vec!["(sub (struct))".to_owned()]);
        let object = self.group(vec![format!("(sub {base} (struct {struct_fields}))")]);
        let more = format!("(sub final {object} (struct {struct_fields} (field (mut i64))))");
        let subtype = Some(self.group(vec![more]));
        Shape::Record { object, fields, subtype }
    }

    fn sum<'t>(&mut self, cases: impl Iterator<Item = Option<&'t Type>>, is_received: bool) -> Shape {
        let cases: Vec<Option<Shape>> = cases.map(|ty| ty.map(|ty| self.shape(ty, is_received))).collect();
        let mut group = Vec::new();
        if self.chooses(3) {
            group.push("(array i64)".to_owned());
        }
        let before = group.len() as u32;
        group.push("(sub (struct))".to_owned());
        for case in &cases {
            let payload = case.as_ref().map(|case| self.field(case)).unwrap_or_default();
            let finality = if self.chooses(3) { "" } else { "final" };
            group.push(format!("(sub {finality} {FIRST}{before} (struct {payload}))"));
        }
        if self.chooses(3) {
            group.push("(struct (field (mut f32)))".to_owned());
        }
        Shape::Sum { base: self.group(group) + before, cases }
    }

    fn field(&mut self, shape: &Shape) -> String {
        let storage = storage(shape, self.chooses(3));
        if self.chooses(3) { format!("(field (mut {storage}))") } else { format!("(field {storage})") }
    }

    /// How a parameter or result is written.
    pub fn value(&mut self, shape: &Shape) -> String {
        match storage(shape, self.chooses(3)).as_str() {
            "i8" | "i16" => "i32".to_owned(),
            other => other.to_owned(),
        }
    }

    fn maybe_open(&mut self, ty: String) -> String {
        if self.chooses(4) { format!("(sub {ty})") } else { ty }
    }

    /// Whether the guest is to be unlike what this project chooses: one time of so many.
    fn chooses(&mut self, of: u64) -> bool {
        self.choices.as_mut().is_some_and(|below| below(of) == 0)
    }

    /// Adds a recursion group, and gives the number of its first type.
    fn group(&mut self, types: Vec<String>) -> u32 {
        let key = types.join("\n");
        if let (None, Some(known)) = (&self.choices, self.known.get(&key)) {
            return *known;
        }
        let first = self.count;
        self.count += types.len() as u32;
        self.known.insert(key, first);
        self.groups.push(types.into_iter().map(|ty| absolute(&ty, first)).collect());
        first
    }
}

/// A sum's base has its number in the group: the number in the module.
fn absolute(ty: &str, first: u32) -> String {
    (0..2).fold(ty.to_owned(), |ty, at| ty.replace(&format!("{FIRST}{at}"), &(first + at).to_string()))
}

/// How a field or an element is written.
fn storage(shape: &Shape, is_nullable: bool) -> String {
    let reference = |ty: u32| if is_nullable { format!("(ref null {ty})") } else { format!("(ref {ty})") };
    match shape {
        Shape::Bool | Shape::Int { bytes: 1, .. } => "i8".to_owned(),
        Shape::Int { bytes: 2, .. } => "i16".to_owned(),
        Shape::Int { bytes: 8, .. } => "i64".to_owned(),
        Shape::Int { .. } | Shape::Char | Shape::Enum(_) | Shape::Flags(_) => "i32".to_owned(),
        Shape::F32 => "f32".to_owned(),
        Shape::F64 => "f64".to_owned(),
        Shape::Handle => "externref".to_owned(),
        Shape::String { array, .. } | Shape::List { array, .. } => reference(*array),
        Shape::Record { object, .. } => reference(*object),
        Shape::Sum { base, .. } => reference(*base),
    }
}
