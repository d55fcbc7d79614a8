//! Identifiers, as componentize-py makes them.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Python's keywords, which are no identifiers.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Names that an imported resource's objects have besides its methods.
const OF_OBJECTS: [&str; 2] = ["handle", "finalizer"];

/// The name of a function, parameter, field or module.
pub fn snake(name: &str) -> String {
    escaped(name.to_snake_case())
}

/// The name of a class.
pub fn camel(name: &str) -> String {
    escaped(name.to_upper_camel_case())
}

/// The name of a member of an enum or of flags.
pub fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// The class of a variant's case.
pub fn case(class: &str, case: &str) -> String {
    format!("{class}_{}", camel(case))
}

/// A method of an imported resource, which is none of the attributes that its objects have.
pub fn method(name: &str) -> String {
    let name = snake(name);
    match OF_OBJECTS.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// A parameter behind `receiver`, from which its name differs.
pub fn param(name: &str, receiver: &str) -> String {
    let name = snake(name);
    match name == receiver {
        true => format!("{name}_"),
        false => name,
    }
}

/// Whether this can be the name of a module, perhaps in packages: identifiers between dots.
pub fn is_module(name: &str) -> bool {
    let is_identifier = |part: &str| {
        let begins = part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        begins && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !KEYWORDS.contains(&part)
    };
    name.split('.').all(is_identifier)
}

fn escaped(name: String) -> String {
    match KEYWORDS.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}
