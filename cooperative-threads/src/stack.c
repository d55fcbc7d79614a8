/* A thread's memory: one block with, from low to high addresses, the guard, the
 * stack, the thread-local variables, the thread itself and its local bytes. An
 * overflow meets the guard first, and the thread's own record last. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { GUARD_WORDS_SEEN = 4 };

#define GUARD_PATTERN 0x600dc0deu
#define STACK_ALIGN 16

static size_t round_up(size_t size) {
  return (size + STACK_ALIGN - 1) & ~(size_t)(STACK_ALIGN - 1);
}

size_t coop_default_stack_size(void) { return COOP_DEFAULT_STACK; }

static void fill_guard(const coop_thread *thread) {
  uint32_t *words = (uint32_t *)(void *)(thread->stack_low - thread->guard_size);
  for (size_t place = 0; place < thread->guard_size / sizeof *words; place++)
    words[place] = GUARD_PATTERN;
}

static size_t guard_of(const coop_options *options) {
  if (options->stack || options->no_guard)
    return 0;
  return round_up(options->guard_size ? options->guard_size : COOP_DEFAULT_GUARD);
}

/* The parts of a block, measured. */
typedef struct {
  size_t guard, stack, below, total;
} layout;

static bool measure(const coop_options *options, layout *sizes) {
  size_t asked = options->stack_size ? options->stack_size : COOP_DEFAULT_STACK;
  sizes->guard = guard_of(options);
  sizes->stack = options->stack ? 0 : round_up(asked);
  sizes->below = sizes->guard + sizes->stack;
  sizes->total = sizes->below + COOP_TLS_ALIGN + round_up(coop_tls_size()) +
                 STACK_ALIGN + sizeof(coop_thread) + COOP_LOCAL_SIZE;
  return asked <= SIZE_MAX / 4 && sizes->guard <= SIZE_MAX / 4;
}

static void set_stack(coop_thread *thread, const coop_options *options,
                      char *block, const layout *sizes) {
  if (options->stack) {
    uintptr_t low = round_up((uintptr_t)options->stack);
    uintptr_t end = (uintptr_t)options->stack + options->stack_size;
    thread->stack_low = (char *)low;
    thread->stack_size = (end - low) & ~(uintptr_t)(STACK_ALIGN - 1);
    thread->own_stack = false;
  } else {
    thread->stack_low = block + sizes->guard;
    thread->stack_size = sizes->stack;
    thread->own_stack = true;
  }
  thread->guard_size = sizes->guard;
  thread->stack_top = thread->stack_low + thread->stack_size;
}

/* The memory of a new thread, or NULL. */
coop_thread *coop_block_new(const coop_options *options) {
  layout sizes;
  if (!measure(options, &sizes))
    return NULL;
  char *block = malloc(sizes.total);
  if (!block)
    return NULL;
  char *tls = coop_tls_place(block + sizes.below);
  uintptr_t place = round_up((uintptr_t)tls + coop_tls_size());
  coop_thread *thread = (coop_thread *)place;
  *thread = (coop_thread){.block = block, .tls = tls};
  set_stack(thread, options, block, &sizes);
  thread->local = (char *)(thread + 1);
  coop_block_reset(thread);
  return thread;
}

/* Makes a block as good as new for its next thread. */
void coop_block_reset(coop_thread *thread) {
  fill_guard(thread);
  coop_tls_fill(thread->tls);
  memset(thread->local, 0, COOP_LOCAL_SIZE);
  thread->value = NULL;
}

/* Looks at the stack pointer and at the words that an overflow writes first. */
void coop_guard_check(const coop_thread *thread, const char *pointer) {
  if (pointer < thread->stack_low)
    coop_stack_overflowed();
  size_t words = thread->guard_size / sizeof(uint32_t);
  if (words > GUARD_WORDS_SEEN)
    words = GUARD_WORDS_SEEN;
  const uint32_t *end = (const uint32_t *)(const void *)thread->stack_low;
  for (size_t place = 1; place <= words; place++)
    if (end[-(ptrdiff_t)place] != GUARD_PATTERN)
      coop_report_overflow(thread);
}

/* The whole guard: frames larger than the words above step over them. */
void coop_guard_check_whole(const coop_thread *thread) {
  const uint32_t *end = (const uint32_t *)(const void *)thread->stack_low;
  for (size_t place = 1; place <= thread->guard_size / sizeof *end; place++)
    if (end[-(ptrdiff_t)place] != GUARD_PATTERN)
      coop_report_overflow(thread);
}

void coop_stack(const coop_thread *thread, void **low, size_t *size, size_t *guard) {
  *low = thread->stack_low;
  *size = thread->stack_size;
  *guard = thread->guard_size;
}
