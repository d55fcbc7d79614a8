//! Identifiers.

use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToUpperCamelCase};

/// What cannot be an identifier, or not that of a field of a record.
const TAKEN: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "void",
    "volatile",
    "while",
    "_",
    // Methods that every object has.
    "clone",
    "finalize",
    "getClass",
    "hashCode",
    "notify",
    "notifyAll",
    "toString",
    "wait",
];

/// The name of a function, parameter or field.
pub(crate) fn lower(name: &str) -> String {
    escaped(name.to_lower_camel_case())
}

/// The name of a class.
pub(crate) fn upper(name: &str) -> String {
    escaped(name.to_upper_camel_case())
}

/// The name of a class within others: it is called as none of them, nor as what is in them besides.
pub(crate) fn inner(name: &str, outer: &[&str]) -> String {
    let mut name = upper(name);
    while name == GUEST || outer.contains(&&*name) {
        name.push('_');
    }
    name
}

/// What the guest has to do for an interface.
pub(crate) const GUEST: &str = "Guest";

/// The name of a member of an enum or of flags.
pub(crate) fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// A part of a package's name.
pub(crate) fn package(name: &str) -> String {
    escaped(name.replace('-', "_"))
}

fn escaped(name: String) -> String {
    match TAKEN.contains(&&*name) {
        true => name + "_",
        false => name,
    }
}
