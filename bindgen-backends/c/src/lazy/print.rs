//! The C functions of lazy types.

use anyhow::Result;
use onramp_abi::{Profile, Types};
use onramp_bridge::lazy::Position;

use super::{Lazy, Names, Reading};
use crate::lists::Lists;
use crate::steps::{self, Places};

/// What the header says first.
const HEAD: &str = "
// Lazy values: only a handle and a length have arrived. Of each type there is
//   _len           how many elements there are; of text, how many code units
//   _read          copies `count` elements, beginning with number `start`; a range that ends behind the value traps
//   _to_owned      copies the whole value, for the type's `_free` to free; aborts when there is no memory
//   _try_to_owned  the same; returns false when there is no memory
//   _drop          gives the value back
//
// Values to be sent:
//   _set           sends what the guest has in its memory
//   _forward       passes on a value that has arrived, by its `handle` and `length`, without reading it
";

/// What it says of a value that arrives.
const RECEIVED: &str = "
// DROP
size_t PREFIX_len(const PREFIX_t *lazy);
void PREFIX_read(const PREFIX_t *lazy, size_t start, size_t count, ELEMENT *ret);
void PREFIX_to_owned(const PREFIX_t *lazy, WHOLE *ret);
bool PREFIX_try_to_owned(const PREFIX_t *lazy, WHOLE *ret);
void PREFIX_drop(PREFIX_t *lazy);
";
const ARGUMENT: &str = "An argument: it dies when the function returns; it need not be dropped.";
const RETURNED: &str = "The result of a call: it has to be dropped.";

/// What it says of a value that is sent.
const SENT: &str = "
// KEEP
void PREFIX_set(PREFIX_t *ret, const WHOLE *value);
void PREFIX_forward(PREFIX_t *ret, uint32_t handle, uint32_t length);
";
const LENT: &str = "To be sent in a call: what it is set to has to stay until the call returns, and so has a handle that is passed on.";
const GIVEN: &str = "To be returned: what it is set to is freed when it has been read. Only the result of a call can be passed on; it is dropped then.";

const READ: &str = "
size_t PREFIX_len(const PREFIX_t *lazy) {
  return UNITS;
}

void PREFIX_read(const PREFIX_t *lazy, size_t start, size_t count, ELEMENT *ret) {
  if (count == 0) return;
  _onramp_lower(lazy->handle, start, count, (uint8_t *) ret);
STATEMENTS}

void PREFIX_to_owned(const PREFIX_t *lazy, WHOLE *ret) {
  ret->ptr = (ELEMENT *) RECEIVE;
  ret->len = lazy->length;
}

bool PREFIX_try_to_owned(const PREFIX_t *lazy, WHOLE *ret) {
  _onramp_fallible = true;
  ret->ptr = (ELEMENT *) RECEIVE;
  ret->len = ret->ptr == NULL ? 0 : lazy->length;
  bool failed = _onramp_failed;
  _onramp_fallible = _onramp_failed = false;
  if (failed) FREE(ret);
  return !failed;
}

void PREFIX_drop(PREFIX_t *lazy) {
  if (lazy->length > 0) _onramp_drop(lazy->handle);
  lazy->handle = 0;
  lazy->length = 0;
}
";

const SEND: &str = "
void PREFIX_set(PREFIX_t *ret, const WHOLE *value) {
  ret->handle = (uint32_t) (uintptr_t) value->ptr;
  ret->length = value->len;
}

void PREFIX_forward(PREFIX_t *ret, uint32_t handle, uint32_t length) {
  ret->handle = handle;
  ret->length = length > 0 ? UINT32_MAX : 0;
}
";

const RECLAIM: &str = "
// Frees a value that was sent, or drops it if it was passed on.
static void _onramp_reclaim_NUMBER(uint32_t first, uint32_t length) {
  if (length == UINT32_MAX) {
    _onramp_drop(first);
  } else {
    WHOLE value = { (ELEMENT *) (uintptr_t) first, length };
    FREE(&value);
  }
}
";

fn filled(template: &str, names: &Names) -> String {
    let text = template.replace("PREFIX", &names.prefix).replace("WHOLE", &names.whole);
    text.replace("ELEMENT", &names.element).replace("FREE", &names.free())
}

/// What the header says of the lazy types.
pub fn declarations(lazy: &Lazy, names: &[Names]) -> String {
    let one = |(position, names): (Position, &Names)| match position {
        Position::Argument => filled(&RECEIVED.replace("DROP", ARGUMENT), names),
        Position::Returned => filled(&RECEIVED.replace("DROP", RETURNED), names),
        Position::Lent => filled(&SENT.replace("KEEP", LENT), names),
        Position::Given => filled(&SENT.replace("KEEP", GIVEN), names),
    };
    let each: String = lazy.types.iter().map(|lazy| lazy.position).zip(names).map(one).collect();
    if each.is_empty() { each } else { format!("{HEAD}{each}") }
}

/// The functions' definitions.
///
/// # Errors
/// When a type is larger than a memory.
pub fn definitions(
    lazy: &Lazy,
    names: &[Names],
    lists: &mut Lists,
    types: &mut Types<'_>,
    profile: Profile,
) -> Result<String> {
    let mut out = String::new();
    for (number, (ty, names)) in lazy.types.iter().zip(names).enumerate() {
        match ty.position {
            Position::Lent | Position::Given => out.push_str(&filled(SEND, names)),
            Position::Argument | Position::Returned => {
                let reading = lazy.reading(types, profile, number)?;
                out.push_str(&filled(&read(lists, &reading, ty.position == Position::Returned), names));
            }
        }
    }
    Ok(out)
}

fn read(lists: &mut Lists, reading: &Reading, release: bool) -> String {
    let receive = lists.receive(&reading.content, "lazy->handle", "lazy->length");
    let units = match &reading.content {
        onramp_bridge::Content::Text => lists.units("lazy->length"),
        onramp_bridge::Content::List { .. } => "lazy->length".to_owned(),
    };
    let mut statements = String::new();
    if !reading.elements.is_empty() {
        let steps = steps::print(lists, &Places::block("element"), 2, &steps::released(&reading.elements, release));
        statements = format!(
            "  for (size_t i = 0; i < count; i++) {{\n    uint8_t *element = (uint8_t *) (ret + i);\n{steps}  }}\n"
        );
    }
    READ.replace("STATEMENTS", &statements).replace("RECEIVE", &receive).replace("UNITS", &units)
}

/// The functions that free what was sent as results.
pub fn reclaims(lazy: &Lazy, names: &[Names]) -> String {
    let given = lazy.types.iter().zip(names).enumerate().filter(|(_, (ty, _))| ty.position == Position::Given);
    let one =
        |(number, (_, names)): (usize, (_, &Names))| filled(RECLAIM, names).replace("NUMBER", &number.to_string());
    given.map(one).collect()
}
