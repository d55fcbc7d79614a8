// Counts the blocks of memory that a guest holds; the linker lets its calls pass through here.
#include <stdint.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *block);

static uint32_t blocks;

uint32_t held_blocks(void) { return blocks; }

void *__wrap_malloc(size_t size) {
  void *block = __real_malloc(size);
  blocks += block != NULL;
  return block;
}

void *__wrap_calloc(size_t count, size_t size) {
  void *block = __real_calloc(count, size);
  blocks += block != NULL;
  return block;
}

void *__wrap_realloc(void *old, size_t size) {
  void *block = __real_realloc(old, size);
  blocks += old == NULL && block != NULL;
  return block;
}

void __wrap_free(void *block) {
  blocks -= block != NULL;
  __real_free(block);
}
