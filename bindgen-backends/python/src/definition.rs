//! Classes of records, variants, enums and flags.

use wit_parser::{Resolve, TypeDefKind, TypeId};

use crate::form::Form;
use crate::hint::{Hints, class_name};
use crate::names;
use crate::text::{class, docstring};

/// The names that a type of this class defines in its module.
pub fn defined(resolve: &Resolve, id: TypeId, class: &str) -> Vec<String> {
    match &resolve.types[id].kind {
        TypeDefKind::Variant(variant) => {
            let cases = variant.cases.iter().map(|case| names::case(class, &case.name));
            cases.chain([class.to_owned()]).collect()
        }
        TypeDefKind::Record(_) | TypeDefKind::Enum(_) | TypeDefKind::Flags(_) | TypeDefKind::Resource => {
            vec![class.to_owned()]
        }
        _ => Vec::new(),
    }
}

/// The names of a record's fields.
pub fn members(resolve: &Resolve, id: TypeId) -> Vec<String> {
    match &resolve.types[id].kind {
        TypeDefKind::Record(record) => record.fields.iter().map(|field| names::snake(&field.name)).collect(),
        _ => Vec::new(),
    }
}

/// The classes of a type, other than a resource; nothing for one that has none.
pub fn classes(hints: &mut Hints<'_, '_>, id: TypeId, form: Form) -> Option<String> {
    let definition = &hints.world.resolve.types[id];
    let name = class_name(hints.world, id);
    let docs = definition.docs.contents.as_deref();
    match &definition.kind {
        TypeDefKind::Record(record) => {
            let fields = record.fields.iter().map(|field| {
                let docs = docstring(&[field.docs.contents.as_deref()]);
                format!("{}: {}\n{docs}", names::snake(&field.name), hints.ty(&field.ty, form))
            });
            let fields: String = fields.collect();
            Some(dataclass(hints, &name, &docstring(&[docs]), &fields))
        }
        TypeDefKind::Variant(variant) => Some(self::variant(hints, &name, variant, docs, form)),
        TypeDefKind::Enum(cases) => {
            let cases = cases.cases.iter().enumerate();
            let member = |(value, case): (usize, &wit_parser::EnumCase)| {
                format!("{} = {value}\n{}", names::shouty(&case.name), docstring(&[case.docs.contents.as_deref()]))
            };
            let members: String = cases.map(member).collect();
            let base = hints.scope.from("enum", "Enum");
            Some(class(&format!("{name}({base})"), &docstring(&[docs]), &members))
        }
        TypeDefKind::Flags(flags) => {
            let flags = flags.flags.iter().enumerate();
            let member = |(bit, flag): (usize, &wit_parser::Flag)| {
                format!("{} = 1 << {bit}\n{}", names::shouty(&flag.name), docstring(&[flag.docs.contents.as_deref()]))
            };
            let members: String = flags.map(member).collect();
            let base = hints.scope.from("enum", "Flag");
            Some(class(&format!("{name}({base})"), &docstring(&[docs]), &members))
        }
        _ => None,
    }
}

fn variant(
    hints: &mut Hints<'_, '_>,
    name: &str,
    variant: &wit_parser::Variant,
    docs: Option<&str>,
    form: Form,
) -> String {
    let mut text = String::new();
    let mut cases = Vec::new();
    for case in &variant.cases {
        let class = names::case(name, &case.name);
        let value = case.ty.map(|ty| format!("value: {}\n", hints.ty(&ty, form))).unwrap_or_default();
        text.push_str(&dataclass(hints, &class, &docstring(&[case.docs.contents.as_deref()]), &value));
        text.push_str("\n\n");
        cases.push(class);
    }
    let union = hints.scope.from("typing", "Union");
    format!("{text}{name} = {union}[\n{}]\n{}", crate::text::indented(&cases.join(",\n")), docstring(&[docs]))
}

fn dataclass(hints: &mut Hints<'_, '_>, name: &str, docs: &str, fields: &str) -> String {
    format!("@{}\n{}", hints.scope.from("dataclasses", "dataclass"), class(name, docs, fields))
}
