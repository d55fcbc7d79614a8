//! The patterns of `--lazy`.

use std::fmt;

/// One pattern.
pub(crate) struct Pattern {
    text: String,
    interface: Option<String>,
    function: String,
    part: Option<String>,
}

impl Pattern {
    /// `all`, `ns:pkg/iface`, `ns:pkg/iface#func`, `#func`, `…#func:param`.
    pub fn new(text: &str) -> Pattern {
        let (interface, function) = match text.split_once('#') {
            Some((interface, function)) => (Some(interface.to_owned()).filter(|name| !name.is_empty()), function),
            None if text == "all" => (Some("*".to_owned()), "*"),
            None => (Some(text.to_owned()), "*"),
        };
        let (function, part) = match function.split_once(':') {
            Some((function, part)) => (function, Some(part.to_owned())),
            None => (function, None),
        };
        Pattern { text: text.to_owned(), interface, function: function.to_owned(), part }
    }

    /// Whether it means this parameter, or `result`, of this function; of the world itself when there is no interface.
    pub fn matches(&self, interface: Option<&str>, function: &str, part: &str) -> bool {
        let in_interface = match (&self.interface, interface) {
            (_, None) => self.interface.is_none() || self.text == "all",
            (None, Some(_)) => false,
            (Some(pattern), Some(name)) => {
                let unversioned = name.split_once('@').map_or(name, |(name, _)| name);
                glob(pattern, name) || glob(pattern, unversioned)
            }
        };
        // A method may be named without its brackets.
        let plain = function.split_once(']').map_or(function, |(_, name)| name);
        in_interface
            && (glob(&self.function, function) || glob(&self.function, plain))
            && self.part.as_ref().is_none_or(|pattern| glob(pattern, part))
    }

    /// Whether it names parameters or results, and not only functions.
    pub fn names_part(&self) -> bool {
        self.part.is_some()
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether `name` is `pattern`, in which `*` stands for any text.
fn glob(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            let Some(at) = rest.find(middle) else { return false };
            rest = &rest[at + middle.len()..];
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, name, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "ab", true),
            ("*", "", true),
            ("a*c*e", "abcde", true),
            ("a*c*e", "ace", true),
            ("a*aa", "aa", false),
            ("a*b", "ab-b", true),
            ("a*b", "ab-c", false),
        ] {
            assert_eq!(glob(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn patterns_name_functions_and_their_parts() {
        let i = Some("ns:pkg/i@1.2.0");
        for (pattern, interface, function, part, expected) in [
            ("all", i, "f", "x", true),
            ("all", None, "f", "x", true),
            ("ns:pkg/i", i, "f", "x", true),
            ("ns:pkg/i@1.2.0#f", i, "f", "result", true),
            ("ns:pkg/i#g", i, "f", "x", false),
            ("ns:*#f", i, "f", "x", true),
            ("ns:pkg/i#r.f", i, "[method]r.f", "x", true),
            ("ns:pkg/i#f:result", i, "f", "x", false),
            ("#f", None, "f", "x", true),
            ("#f", i, "f", "x", false),
            ("ns:pkg/i#f", None, "f", "x", false),
        ] {
            assert_eq!(Pattern::new(pattern).matches(interface, function, part), expected, "{pattern} {function}");
        }
    }
}
