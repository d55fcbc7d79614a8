// What the C bindings of all worlds share. `onramp bindgen c` writes this file beside them; only their source includes it.
//
// Before it, ONRAMP_PROFILE is the name of the world's profile. Functions of a profile have names of their own, which
// `onramp-component-ld` and `onramp link` know. With ONRAMP_WOVEN, they make the profile's functions of them.
//
// Clang passes several results by itself with -DONRAMP_MULTIVALUE -mmultivalue -Xclang -target-abi -Xclang experimental-mv.
// Without, a function has the first one, and the linker makes one function of it and of those that get or set the others.
#ifndef ONRAMP_GUEST_H
#define ONRAMP_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef ONRAMP_WOVEN
#define _ONRAMP_ABI "[weave=" ONRAMP_PROFILE "]"
#else
#define _ONRAMP_ABI "[abi=" ONRAMP_PROFILE "]"
#endif

#ifdef ONRAMP_MULTIVALUE
#define _ONRAMP_SEVERAL _ONRAMP_ABI
#else
#define _ONRAMP_SEVERAL "[thunk=" ONRAMP_PROFILE "]"
#endif

// An imported function, with one result or none, and with several.
#define _ONRAMP_NAMED(module, name) __attribute__((__import_module__(module), __import_name__(name)))
#define ONRAMP_IMPORT(module, name) _ONRAMP_NAMED(_ONRAMP_ABI module, name)
#define ONRAMP_IMPORT_SEVERAL(module, name) _ONRAMP_NAMED(_ONRAMP_SEVERAL module, name)

// An exported function, and the one that frees its results.
#define ONRAMP_EXPORT(name) __attribute__((__export_name__(_ONRAMP_ABI name)))
#define ONRAMP_EXPORT_SEVERAL(name) __attribute__((__export_name__(_ONRAMP_SEVERAL name)))
#define ONRAMP_POST_RETURN(name) __attribute__((__weak__, __export_name__("cabi_post_" _ONRAMP_ABI name)))

// A block of memory for results.
#define ONRAMP_AREA(name, size, align) __attribute__((__aligned__(align))) uint8_t name[size]

// Memory that other code reads by its own types.
typedef uint16_t __attribute__((__may_alias__)) _onramp_u16;
typedef int16_t __attribute__((__may_alias__)) _onramp_s16;
typedef uint32_t __attribute__((__may_alias__)) _onramp_u32;
typedef uint64_t __attribute__((__may_alias__)) _onramp_u64;
typedef float __attribute__((__may_alias__)) _onramp_f32;
typedef double __attribute__((__may_alias__)) _onramp_f64;
#define ONRAMP_U8(at) (*(uint8_t *) (at))
#define ONRAMP_S8(at) (*(int8_t *) (at))
#define ONRAMP_U16(at) (*(_onramp_u16 *) (at))
#define ONRAMP_S16(at) (*(_onramp_s16 *) (at))
#define ONRAMP_U32(at) (*(_onramp_u32 *) (at))
#define ONRAMP_U64(at) (*(_onramp_u64 *) (at))
#define ONRAMP_F32(at) (*(_onramp_f32 *) (at))
#define ONRAMP_F64(at) (*(_onramp_f64 *) (at))

// A loop over the elements of a list, as `each`.
#define ONRAMP_EACH(each, list, length, size) \
  for (uint8_t *each = (uint8_t *) (uintptr_t) (list), *each##_end = each + (size_t) (length) * (size); each != each##_end; each += (size))

#define _ONRAMP_STATIC __attribute__((__unused__)) static inline
#define _ONRAMP_SHARED __attribute__((__unused__, __noinline__)) static

// Results of several core values.

typedef int32_t __attribute__((__may_alias__)) _onramp_i32;
typedef int64_t __attribute__((__may_alias__)) _onramp_i64;

#define _ONRAMP_WORD(type, index) \
  _ONRAMP_NAMED("[results]", "get-" #type "-" #index) extern _onramp_##type _onramp_get_##type##_##index(void); \
  _ONRAMP_NAMED("[results]", "set-" #type "-" #index) extern void _onramp_set_##type##_##index(_onramp_##type);
#define _ONRAMP_WORDS(index) _ONRAMP_WORD(i32, index) _ONRAMP_WORD(i64, index) _ONRAMP_WORD(f32, index) _ONRAMP_WORD(f64, index)
_ONRAMP_WORDS(1)
_ONRAMP_WORDS(2)
_ONRAMP_WORDS(3)
_ONRAMP_WORDS(4)
_ONRAMP_WORDS(5)
_ONRAMP_WORDS(6)
_ONRAMP_WORDS(7)
_ONRAMP_WORDS(8)
_ONRAMP_WORDS(9)
_ONRAMP_WORDS(10)
_ONRAMP_WORDS(11)
_ONRAMP_WORDS(12)
_ONRAMP_WORDS(13)
_ONRAMP_WORDS(14)
_ONRAMP_WORDS(15)

// What a macro makes of each type behind the first.
#define _ONRAMP_1(of, a) of(1, a)
#define _ONRAMP_2(of, a, b) _ONRAMP_1(of, a) of(2, b)
#define _ONRAMP_3(of, a, b, c) _ONRAMP_2(of, a, b) of(3, c)
#define _ONRAMP_4(of, a, b, c, d) _ONRAMP_3(of, a, b, c) of(4, d)
#define _ONRAMP_5(of, a, b, c, d, e) _ONRAMP_4(of, a, b, c, d) of(5, e)
#define _ONRAMP_6(of, a, b, c, d, e, f) _ONRAMP_5(of, a, b, c, d, e) of(6, f)
#define _ONRAMP_7(of, a, b, c, d, e, f, g) _ONRAMP_6(of, a, b, c, d, e, f) of(7, g)
#define _ONRAMP_8(of, a, b, c, d, e, f, g, h) _ONRAMP_7(of, a, b, c, d, e, f, g) of(8, h)
#define _ONRAMP_9(of, a, b, c, d, e, f, g, h, i) _ONRAMP_8(of, a, b, c, d, e, f, g, h) of(9, i)
#define _ONRAMP_10(of, a, b, c, d, e, f, g, h, i, j) _ONRAMP_9(of, a, b, c, d, e, f, g, h, i) of(10, j)
#define _ONRAMP_11(of, a, b, c, d, e, f, g, h, i, j, k) _ONRAMP_10(of, a, b, c, d, e, f, g, h, i, j) of(11, k)
#define _ONRAMP_12(of, a, b, c, d, e, f, g, h, i, j, k, l) _ONRAMP_11(of, a, b, c, d, e, f, g, h, i, j, k) of(12, l)
#define _ONRAMP_13(of, a, b, c, d, e, f, g, h, i, j, k, l, m) _ONRAMP_12(of, a, b, c, d, e, f, g, h, i, j, k, l) of(13, m)
#define _ONRAMP_14(of, a, b, c, d, e, f, g, h, i, j, k, l, m, n) _ONRAMP_13(of, a, b, c, d, e, f, g, h, i, j, k, l, m) of(14, n)
#define _ONRAMP_15(of, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) \
  _ONRAMP_14(of, a, b, c, d, e, f, g, h, i, j, k, l, m, n) of(15, o)
#define _ONRAMP_PICK(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, picked, ...) picked
#define _ONRAMP_REST(of, ...) \
  _ONRAMP_PICK(__VA_ARGS__, _ONRAMP_15, _ONRAMP_14, _ONRAMP_13, _ONRAMP_12, _ONRAMP_11, _ONRAMP_10, _ONRAMP_9, _ONRAMP_8, \
    _ONRAMP_7, _ONRAMP_6, _ONRAMP_5, _ONRAMP_4, _ONRAMP_3, _ONRAMP_2, _ONRAMP_1, )(of, __VA_ARGS__)
#define _ONRAMP_FIELD(index, type) _onramp_##type v##index;
#define _ONRAMP_GET(index, type) values.v##index = _onramp_get_##type##_##index();
#define _ONRAMP_SET(index, type) _onramp_set_##type##_##index(values.v##index);

// The values together, what a core function returns of them, and the way from one to the other.
#define _ONRAMP_VALUES(n, first, ...) \
  typedef struct __attribute__((__may_alias__)) { _onramp_##first v0; _ONRAMP_REST(_ONRAMP_FIELD, __VA_ARGS__) } _onramp_values_##n;
#ifdef ONRAMP_MULTIVALUE
#define ONRAMP_VALUES(n, first, ...) \
  _ONRAMP_VALUES(n, first, __VA_ARGS__) \
  typedef _onramp_values_##n _onramp_results_##n; \
  _ONRAMP_STATIC _onramp_values_##n _onramp_get_##n(_onramp_results_##n results) { return results; } \
  _ONRAMP_STATIC _onramp_results_##n _onramp_set_##n(_onramp_values_##n values) { return values; }
#else
#define ONRAMP_VALUES(n, first, ...) \
  _ONRAMP_VALUES(n, first, __VA_ARGS__) \
  typedef _onramp_##first _onramp_results_##n; \
  _ONRAMP_STATIC _onramp_values_##n _onramp_get_##n(_onramp_results_##n results) { \
    _onramp_values_##n values; \
    values.v0 = results; \
    _ONRAMP_REST(_ONRAMP_GET, __VA_ARGS__) \
    return values; \
  } \
  _ONRAMP_STATIC _onramp_results_##n _onramp_set_##n(_onramp_values_##n values) { \
    _ONRAMP_REST(_ONRAMP_SET, __VA_ARGS__) \
    return values.v0; \
  }
#endif

// Head of a function that puts values into a block, and of one that takes them out of it. `_onramp_put_n` puts what a core
// function returned there, `_onramp_give_n` makes of a block what one returns.
#define ONRAMP_PUT(n) \
  _ONRAMP_STATIC void _onramp_put_values_##n(uint8_t *area, _onramp_values_##n v); \
  _ONRAMP_STATIC void _onramp_put_##n(uint8_t *area, _onramp_results_##n results) { \
    _onramp_put_values_##n(area, _onramp_get_##n(results)); \
  } \
  _ONRAMP_STATIC void _onramp_put_values_##n(uint8_t *area, _onramp_values_##n v)
#define ONRAMP_GIVE(n) \
  _ONRAMP_STATIC void _onramp_give_values_##n(uint8_t *area, _onramp_values_##n *v); \
  _ONRAMP_STATIC _onramp_results_##n _onramp_give_##n(uint8_t *area) { \
    _onramp_values_##n v; \
    memset(&v, 0, sizeof v); \
    _onramp_give_values_##n(area, &v); \
    return _onramp_set_##n(v); \
  } \
  _ONRAMP_STATIC void _onramp_give_values_##n(uint8_t *area, _onramp_values_##n *v)

// Results whose core values lie in the block as in a struct: narrower ones have zeros behind them there.
#define ONRAMP_RESULTS(n, ...) \
  ONRAMP_VALUES(n, __VA_ARGS__) \
  ONRAMP_PUT(n) { *(_onramp_values_##n *) area = v; } \
  ONRAMP_GIVE(n) { *v = *(_onramp_values_##n *) area; }

// Frees the block of a string or list, whose words these are, or are there.
static inline void _onramp_free(uint32_t pointer, uint32_t length) {
  if (length > 0) free((void *) (uintptr_t) pointer);
}
static inline void _onramp_free_at(uint8_t *at) {
  _onramp_free(ONRAMP_U32(at), ONRAMP_U32(at + 4));
}

// Lazy values: docs/abi/lazy.md says what these do.
_ONRAMP_NAMED("[lazy]", "lower") extern void _onramp_lower(uint32_t handle, uint32_t start, uint32_t count, uint8_t *destination);
_ONRAMP_NAMED("[lazy]", "size") extern uint32_t _onramp_size(uint32_t handle);
_ONRAMP_NAMED("[lazy]", "lower-all") extern void _onramp_lower_all(uint32_t handle, uint8_t *destination);
_ONRAMP_NAMED("[lazy]", "drop") extern void _onramp_drop(uint32_t handle);

void *cabi_realloc(void *ptr, size_t old_size, size_t align, size_t new_size);

// Whether a failed allocation is to be told in `_onramp_failed`, and does not abort. Then nothing more is allocated.
static bool _onramp_fallible, _onramp_failed;

// A block that `free` takes back, also when the size is 0.
static inline uint8_t *_onramp_allocate(size_t size, size_t align) {
  size += size == 0;
  if (!_onramp_fallible) return (uint8_t *) cabi_realloc(NULL, 0, align, size);
  uint8_t *block = _onramp_failed ? NULL : (uint8_t *) malloc(size);
  if (block == NULL) _onramp_failed = true;
  return block;
}

// The parameters behind a handle.
static inline uint8_t *_onramp_tuple(uint32_t handle, size_t size, size_t align) {
  uint8_t *block = _onramp_allocate(size, align);
  _onramp_lower(handle, 0, 1, block);
  return block;
}

// A copy of what is behind a handle: `units` elements in `bytes`.
static inline uint8_t *_onramp_copy(uint32_t handle, size_t units, size_t bytes, size_t align) {
  uint8_t *block = _onramp_allocate(bytes, align);
  if (_onramp_failed) return NULL;
  _onramp_lower(handle, 0, units, block);
  return block;
}
_ONRAMP_SHARED uint8_t *_onramp_receive(uint32_t handle, size_t length, size_t size, size_t align) {
  return length > 0 ? _onramp_copy(handle, length, length * size, align) : (uint8_t *) align;
}

// All of what is behind a handle, in one block.
_ONRAMP_SHARED uint8_t *_onramp_receive_all(uint32_t handle, size_t align) {
  uint8_t *block = _onramp_allocate(_onramp_size(handle), align);
  if (_onramp_failed) return NULL;
  _onramp_lower_all(handle, block);
  return block;
}

// What was received takes the place of the handle in a block. That of a result is dropped.
static inline void _onramp_received(uint8_t *at, uint8_t *value) {
  ONRAMP_U32(at) = (uint32_t) (uintptr_t) value;
}
static inline void _onramp_received_result(uint8_t *at, uint8_t *value) {
  uint32_t handle = ONRAMP_U32(at);
  _onramp_received(at, value);
  if (ONRAMP_U32(at + 4) > 0) _onramp_drop(handle);
}
_ONRAMP_SHARED void _onramp_parameter(uint8_t *at, size_t size, size_t align) {
  _onramp_received(at, _onramp_receive(ONRAMP_U32(at), ONRAMP_U32(at + 4), size, align));
}
_ONRAMP_SHARED void _onramp_result(uint8_t *at, size_t size, size_t align) {
  _onramp_received_result(at, _onramp_receive(ONRAMP_U32(at), ONRAMP_U32(at + 4), size, align));
}

// Gives the bytes behind a pointer in a block an allocation of their own.
_ONRAMP_SHARED void _onramp_adopt_bytes(uint8_t *at, size_t bytes, size_t align) {
  const uint8_t *scratch = (const uint8_t *) (uintptr_t) ONRAMP_U32(at);
  uint8_t *copy = _onramp_allocate(bytes, align);
  ONRAMP_U32(at) = (uint32_t) (uintptr_t) copy;
  if (_onramp_failed) {
    ONRAMP_U32(at + 4) = 0;
  } else {
    memcpy(copy, scratch, bytes);
  }
}
static inline void _onramp_adopt(uint8_t *at, size_t size, size_t align) {
  size_t length = ONRAMP_U32(at + 4);
  if (length > 0) _onramp_adopt_bytes(at, length * size, align);
}

// Head of the function that gives what an element `e` refers to, in a scratch block, allocations of its own, and functions for
// lists of such elements. `deep` is the largest alignment in them.
#define ONRAMP_LIST(n, size, align, deep) \
  _ONRAMP_STATIC void _onramp_element_##n(uint8_t *e); \
  _ONRAMP_SHARED uint8_t *_onramp_receive_##n(uint32_t handle, size_t length) { \
    if (length == 0) return (uint8_t *) (align); \
    uint8_t *scratch = _onramp_receive_all(handle, deep); \
    if (_onramp_failed) return NULL; \
    ONRAMP_EACH(e, scratch, length, size) _onramp_element_##n(e); \
    uint8_t *list = (uint8_t *) realloc(scratch, length * (size)); \
    return list == NULL ? scratch : list; \
  } \
  _ONRAMP_STATIC void _onramp_parameter_##n(uint8_t *at) { \
    _onramp_received(at, _onramp_receive_##n(ONRAMP_U32(at), ONRAMP_U32(at + 4))); \
  } \
  _ONRAMP_STATIC void _onramp_result_##n(uint8_t *at) { \
    _onramp_received_result(at, _onramp_receive_##n(ONRAMP_U32(at), ONRAMP_U32(at + 4))); \
  } \
  _ONRAMP_STATIC void _onramp_adopt_##n(uint8_t *at) { \
    _onramp_adopt(at, size, align); \
    ONRAMP_EACH(e, ONRAMP_U32(at), ONRAMP_U32(at + 4), size) _onramp_element_##n(e); \
  } \
  _ONRAMP_STATIC void _onramp_element_##n(uint8_t *e)

// Text in latin1+utf16: bit 31 of the length says that it is UTF-16, and not Latin-1.
static inline size_t _onramp_text_size(size_t length) {
  return length & 0x80000000 ? (length & 0x7fffffff) * 2 : length;
}
_ONRAMP_SHARED uint8_t *_onramp_receive_text(uint32_t handle, size_t length) {
  return length > 0 ? _onramp_copy(handle, length & 0x7fffffff, _onramp_text_size(length), 2) : (uint8_t *) 2;
}
static inline void _onramp_parameter_text(uint8_t *at) {
  _onramp_received(at, _onramp_receive_text(ONRAMP_U32(at), ONRAMP_U32(at + 4)));
}
static inline void _onramp_result_text(uint8_t *at) {
  _onramp_received_result(at, _onramp_receive_text(ONRAMP_U32(at), ONRAMP_U32(at + 4)));
}
static inline void _onramp_adopt_text(uint8_t *at) {
  size_t size = _onramp_text_size(ONRAMP_U32(at + 4));
  if (size > 0) _onramp_adopt_bytes(at, size, 2);
}

// Parameters of core functions hold handles and discriminants in variables of several types. A pointer to what was received takes
// the handle's place.
#define _ONRAMP_BITS(value) ((uint32_t) (uintptr_t) (value))
#define ONRAMP_TAG(value) _ONRAMP_BITS(value)
#define _ONRAMP_ARGUMENT(handle, pointer) ((handle) = (__typeof__(handle)) (uintptr_t) (pointer))
#define ONRAMP_ARGUMENT(handle, length, size, align) \
  _ONRAMP_ARGUMENT(handle, _onramp_receive(_ONRAMP_BITS(handle), _ONRAMP_BITS(length), size, align))
#define ONRAMP_ARGUMENT_LIST(n, handle, length) \
  _ONRAMP_ARGUMENT(handle, _onramp_receive_##n(_ONRAMP_BITS(handle), _ONRAMP_BITS(length)))
#define ONRAMP_ARGUMENT_TEXT(handle, length) \
  _ONRAMP_ARGUMENT(handle, _onramp_receive_text(_ONRAMP_BITS(handle), _ONRAMP_BITS(length)))

#endif
