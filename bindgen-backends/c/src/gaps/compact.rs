//! Strings in latin1+utf16: bit 31 of the length says that the text is UTF-16, else it is Latin-1.

use anyhow::Result;

use crate::text::Text;

/// What the header says about strings beside what it says of UTF-16.
const DECLARATIONS: &str = "
// Whether the string is UTF-16: bit 31 of its length is set. Else it is Latin-1, a byte for each character.
// The functions above make UTF-16.
bool PREFIX_string_is_utf16(const PREFIX_string_t *s);

// How many code units the string has.
size_t PREFIX_string_units(const PREFIX_string_t *s);

// Creates a copy of `len` characters of Latin-1 and stores it into the component model string `ret`.
void PREFIX_string_dup_latin1(PREFIX_string_t *ret, const char *s, size_t len);
";

/// The functions that make strings, and those that are new.
const SET: &str = "void PREFIX_string_set(PREFIX_string_t *ret, const char16_t *s) {
  size_t len = PREFIX_string_len(s);
  ret->ptr = (uint16_t*) s;
  ret->len = len > 0 ? len | 0x80000000 : 0;
}
";
const DUP: &str = "void PREFIX_string_dup(PREFIX_string_t *ret, const char16_t *s) {
  PREFIX_string_dup_n(ret, s, PREFIX_string_len(s));
}
";
const DUP_N: &str = "void PREFIX_string_dup_n(PREFIX_string_t *ret, const char16_t *s, size_t len) {
  ret->len = len > 0 ? len | 0x80000000 : 0;
  ret->ptr = (uint16_t*) cabi_realloc(NULL, 0, 2, len * 2);
  memcpy(ret->ptr, s, len * 2);
}

bool PREFIX_string_is_utf16(const PREFIX_string_t *s) {
  return (s->len & 0x80000000) != 0;
}

size_t PREFIX_string_units(const PREFIX_string_t *s) {
  return s->len & 0x7fffffff;
}

void PREFIX_string_dup_latin1(PREFIX_string_t *ret, const char *s, size_t len) {
  ret->len = len;
  ret->ptr = (uint16_t*) cabi_realloc(NULL, 0, 2, len);
  memcpy(ret->ptr, s, len);
}
";

/// The header with the functions for such strings, if there are strings.
///
/// # Errors
/// When it is not what upstream's generator writes.
pub fn header(text: &str, prefix: &str) -> Result<String> {
    let mut header = Text::new(text);
    if let Some(free) = header.maybe(&format!("\nvoid {prefix}_string_free("))? {
        let end = header.line(free.end).end;
        header.replace(end..end, format!("\n{}", DECLARATIONS.replace("PREFIX", prefix).trim_end()));
    }
    header.finish()
}

/// The source with the functions for such strings, if there are strings.
///
/// # Errors
/// When it is not what upstream's generator writes.
pub fn source(text: &str, prefix: &str) -> Result<String> {
    let mut source = Text::new(text);
    if source.maybe(&format!("\nvoid {prefix}_string_free("))?.is_none() {
        return source.finish();
    }
    for (name, new) in [("set", SET), ("dup", DUP), ("dup_n", DUP_N)] {
        let old = source.find(&format!("\nvoid {prefix}_string_{name}("))?;
        let function = source.function(old.start + 1)?;
        source.replace(function, new.replace("PREFIX", prefix));
    }
    source.finish()
}
