//! Definitions of types with names.

use anyhow::Result;
use wit_parser::{TypeDef, TypeDefKind, Variant};

use crate::names;
use crate::scope::Scope;
use crate::text::{docs, indented};
use crate::types::java;

/// The class, in another, of a type with a name; nothing where it is another name of a type.
///
/// # Errors
/// When Java has no form for it here.
pub(crate) fn definition(scope: &Scope, outer: &str, ty: &TypeDef) -> Result<String> {
    let class = names::inner(ty.name.as_deref().unwrap_or("type"), &[outer]);
    let text = match &ty.kind {
        TypeDefKind::Record(record) => {
            let fields = record.fields.iter();
            let fields =
                fields.map(|field| Ok(format!("{} {}", java(scope, &field.ty)?.plain, names::lower(&field.name))));
            format!("public record {class}({}) {{}}\n", fields.collect::<Result<Vec<_>>>()?.join(", "))
        }
        TypeDefKind::Enum(cases) => {
            let cases: Vec<_> = cases.cases.iter().map(|case| names::shouty(&case.name)).collect();
            format!("public enum {class} {{ {} }}\n", cases.join(", "))
        }
        TypeDefKind::Flags(flags) => {
            let labels = flags.flags.iter().map(|flag| names::shouty(&flag.name)).collect::<Vec<_>>();
            flags_class(&class, &labels)
        }
        TypeDefKind::Variant(variant) => variant_class(scope, outer, &class, variant)?,
        _ => return Ok(String::new()),
    };
    Ok(format!("{}{text}", docs(&ty.docs)))
}

fn flags_class(class: &str, labels: &[String]) -> String {
    let constants = labels
        .iter()
        .enumerate()
        .map(|(bit, label)| format!("public static final {class} {label} = new {class}(1 << {bit});\n"));
    let constants: String = constants.collect();
    let methods = format!(
        "/** Those that are in this or in the other. */\n\
         public {class} or({class} other) {{ return new {class}(bits | other.bits); }}\n\
         /** Whether all of the other are in this. */\n\
         public boolean contains({class} other) {{ return (bits & other.bits) == other.bits; }}\n"
    );
    format!("public record {class}(int bits) {{\n{}}}\n", indented(&(constants + &methods)))
}

fn variant_class(scope: &Scope, outer: &str, class: &str, variant: &Variant) -> Result<String> {
    let cases = variant.cases.iter().map(|case| {
        let value = match &case.ty {
            Some(ty) => format!("{} value", java(scope, ty)?.plain),
            None => String::new(),
        };
        Ok(format!(
            "{}record {}({value}) implements {class} {{}}\n",
            docs(&case.docs),
            names::inner(&case.name, &[outer, class])
        ))
    });
    Ok(format!("public sealed interface {class} {{\n{}}}\n", indented(&cases.collect::<Result<String>>()?)))
}
