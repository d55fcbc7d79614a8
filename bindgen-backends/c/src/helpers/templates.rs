//! The text of shared C functions. A line that begins with [`FALLIBLE`] is only for files with functions that have to survive a
//! failed allocation.

/// What begins such a line.
pub const FALLIBLE: &str = "?";

/// Types for words in blocks that other code reads by their own types.
pub const WORDS: &str = "
typedef uint16_t __attribute__((__may_alias__)) __onramp_u16;
typedef int16_t __attribute__((__may_alias__)) __onramp_s16;
typedef uint32_t __attribute__((__may_alias__)) __onramp_u32;
typedef uint64_t __attribute__((__may_alias__)) __onramp_u64;
typedef float __attribute__((__may_alias__)) __onramp_f32;
typedef double __attribute__((__may_alias__)) __onramp_f64;
";

/// `lower` of the lazy ABI.
pub const LOWER: &str = r#"
__attribute__((__import_module__("[lazy]"), __import_name__("lower")))
extern void __onramp_lower(uint32_t handle, uint32_t start, uint32_t count, uint8_t *destination);
"#;

/// `size`.
pub const SIZE: &str = r#"
__attribute__((__import_module__("[lazy]"), __import_name__("size")))
extern uint32_t __onramp_size(uint32_t handle);
"#;

/// `lower-all`.
pub const LOWER_ALL: &str = r#"
__attribute__((__import_module__("[lazy]"), __import_name__("lower-all")))
extern void __onramp_lower_all(uint32_t handle, uint8_t *destination);
"#;

/// `drop`.
pub const DROP: &str = r#"
__attribute__((__import_module__("[lazy]"), __import_name__("drop")))
extern void __onramp_drop(uint32_t handle);
"#;

/// Memory for a value.
pub const ALLOCATE: &str = "
void *cabi_realloc(void *ptr, size_t old_size, size_t align, size_t new_size);

?// Whether a failed allocation is to be told in `__onramp_failed`, and does not abort.
?static bool __onramp_fallible, __onramp_failed;
?
// A block that `free` takes back, also when the size is 0.
static uint8_t *__onramp_allocate(size_t size, size_t align) {
?  if (__onramp_fallible) {
?    uint8_t *block = __onramp_failed ? NULL : (uint8_t *) malloc(size > 0 ? size : 1);
?    if (block == NULL) __onramp_failed = true;
?    return block;
?  }
  return (uint8_t *) cabi_realloc(NULL, 0, align, size > 0 ? size : 1);
}
";

/// A copy of a block.
pub const COPY: &str = "
static uint8_t *__onramp_copy(const uint8_t *from, size_t size, size_t align) {
  uint8_t *copy = __onramp_allocate(size, align);
?  if (copy == NULL) return NULL;
  memcpy(copy, from, size);
  return copy;
}
";

/// The bytes of a string of this many code units.
pub const TEXT_SIZE_UTF8: &str = "
static size_t __onramp_text_size(size_t length) {
  return length;
}
";

/// The same in UTF-16.
pub const TEXT_SIZE_UTF16: &str = "
static size_t __onramp_text_size(size_t length) {
  return length * 2;
}
";

/// The same in latin1+utf16.
pub const TEXT_SIZE_COMPACT: &str = "
// Bit 31 says that the text is UTF-16, and not Latin-1.
static size_t __onramp_text_size(size_t length) {
  return length & 0x80000000 ? (length & 0x7fffffff) * 2 : length;
}
";

/// A list without dynamic values, behind a handle.
pub const RECEIVE_FLAT: &str = "
__attribute__((__noinline__)) static uint8_t *__onramp_receive(uint32_t handle, size_t length, size_t size, size_t align) {
  if (length == 0) return (uint8_t *) align;
  uint8_t *list = __onramp_allocate(length * size, align);
?  if (list == NULL) return NULL;
  __onramp_lower(handle, 0, length, list);
  return list;
}
";

/// A string behind a handle; `ALIGN` and `UNITS` are the encoding's.
pub const RECEIVE_TEXT: &str = "
__attribute__((__noinline__)) static uint8_t *__onramp_receive_text(uint32_t handle, size_t length) {
  if (length == 0) return (uint8_t *) ALIGN;
  uint8_t *text = __onramp_allocate(__onramp_text_size(length), ALIGN);
?  if (text == NULL) return NULL;
  __onramp_lower(handle, 0, UNITS, text);
  return text;
}
";

/// All of a value, in one block.
pub const LOWER_WHOLE: &str = "
__attribute__((__noinline__)) static uint8_t *__onramp_lower_whole(uint32_t handle, size_t align) {
  uint8_t *block = __onramp_allocate(__onramp_size(handle), align);
?  if (block == NULL) return NULL;
  __onramp_lower_all(handle, block);
  return block;
}
";

/// A list behind a handle in a block.
pub const TAKE_FLAT: &str = "
__attribute__((__noinline__)) static void __onramp_take(uint8_t *words, bool release, size_t size, size_t align) {
  uint32_t handle = *(__onramp_u32 *) words;
  size_t length = *(__onramp_u32 *) (words + 4);
  *(__onramp_u32 *) words = (uint32_t) (uintptr_t) __onramp_receive(handle, length, size, align);
  if (release && length > 0) __onramp_drop(handle);
}
";

/// A string behind a handle in a block.
pub const TAKE_TEXT: &str = "
__attribute__((__noinline__)) static void __onramp_take_text(uint8_t *words, bool release) {
  uint32_t handle = *(__onramp_u32 *) words;
  size_t length = *(__onramp_u32 *) (words + 4);
  *(__onramp_u32 *) words = (uint32_t) (uintptr_t) __onramp_receive_text(handle, length);
  if (release && length > 0) __onramp_drop(handle);
}
";

/// A list in a scratch block.
pub const ADOPT_FLAT: &str = "
__attribute__((__noinline__)) static void __onramp_adopt(uint8_t *words, size_t size, size_t align) {
  const uint8_t *scratch = (const uint8_t *) (uintptr_t) *(__onramp_u32 *) words;
  size_t length = *(__onramp_u32 *) (words + 4);
  if (length > 0) *(__onramp_u32 *) words = (uint32_t) (uintptr_t) __onramp_copy(scratch, length * size, align);
?  if (*(__onramp_u32 *) words == 0) *(__onramp_u32 *) (words + 4) = 0;
}
";

/// A string in a scratch block.
pub const ADOPT_TEXT: &str = "
__attribute__((__noinline__)) static void __onramp_adopt_text(uint8_t *words) {
  const uint8_t *scratch = (const uint8_t *) (uintptr_t) *(__onramp_u32 *) words;
  size_t size = __onramp_text_size(*(__onramp_u32 *) (words + 4));
  if (size > 0) *(__onramp_u32 *) words = (uint32_t) (uintptr_t) __onramp_copy(scratch, size, ALIGN);
?  if (*(__onramp_u32 *) words == 0) *(__onramp_u32 *) (words + 4) = 0;
}
";

/// The elements of a list with dynamic values; `NUMBER`, `SIZE`, `ALIGN`, `DEEP` are the list's, `STATEMENTS` its steps.
pub const ELEMENTS: &str = "
// Gives what the elements of a list refer to, in a scratch block, allocations of their own.
static void __onramp_elements_NUMBER(uint8_t *list, size_t length) {
?  if (list == NULL) return;
  for (size_t i = 0; i < length; i++) {
    uint8_t *element = list + i * SIZE;
STATEMENTS  }
}
";

/// Such a list behind a handle.
pub const RECEIVE_LIST: &str = "
static uint8_t *__onramp_receive_NUMBER(uint32_t handle, size_t length) {
  if (length == 0) return (uint8_t *) ALIGN;
  uint8_t *scratch = __onramp_lower_whole(handle, DEEP);
?  if (scratch == NULL) return NULL;
  uint8_t *list = __onramp_copy(scratch, length * SIZE, ALIGN);
  __onramp_elements_NUMBER(list, length);
  free(scratch);
  return list;
}
";

/// Such a list behind a handle in a block.
pub const TAKE_LIST: &str = "
static void __onramp_take_NUMBER(uint8_t *words, bool release) {
  uint32_t handle = *(__onramp_u32 *) words;
  size_t length = *(__onramp_u32 *) (words + 4);
  *(__onramp_u32 *) words = (uint32_t) (uintptr_t) __onramp_receive_NUMBER(handle, length);
  if (release && length > 0) __onramp_drop(handle);
}
";

/// Such a list in a scratch block.
pub const ADOPT_LIST: &str = "
static void __onramp_adopt_NUMBER(uint8_t *words) {
  const uint8_t *scratch = (const uint8_t *) (uintptr_t) *(__onramp_u32 *) words;
  size_t length = *(__onramp_u32 *) (words + 4);
  if (length == 0) return;
  uint8_t *list = __onramp_copy(scratch, length * SIZE, ALIGN);
?  if (list == NULL) *(__onramp_u32 *) (words + 4) = 0;
  __onramp_elements_NUMBER(list, length);
  *(__onramp_u32 *) words = (uint32_t) (uintptr_t) list;
}
";
