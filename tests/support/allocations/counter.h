/// Counts the blocks of memory that this guest holds. It is linked with `--wrap` for each function of the C library here: the
/// guest's own code, the C library and the engine's `cabi_realloc` all allocate by them.
#ifndef COUNTER_H
#define COUNTER_H

#include <stddef.h>
#include <stdint.h>

static uint32_t live_blocks;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
int __real_posix_memalign(void **block, size_t align, size_t size);
void __real_free(void *block);

static void *gained(void *block) {
  live_blocks += block != NULL;
  return block;
}

void *__wrap_malloc(size_t size) { return gained(__real_malloc(size)); }

void *__wrap_calloc(size_t count, size_t size) { return gained(__real_calloc(count, size)); }

void *__wrap_aligned_alloc(size_t align, size_t size) { return gained(__real_aligned_alloc(align, size)); }

int __wrap_posix_memalign(void **block, size_t align, size_t size) {
  int error = __real_posix_memalign(block, align, size);
  live_blocks += error == 0;
  return error;
}

/// A block that cannot grow stays the caller's.
void *__wrap_realloc(void *old, size_t size) {
  void *block = __real_realloc(old, size);
  live_blocks -= old != NULL && (block != NULL || size == 0);
  return gained(block);
}

void __wrap_free(void *block) {
  live_blocks -= block != NULL;
  __real_free(block);
}

#endif
