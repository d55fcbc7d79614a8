/* Copies of .tdata for each thread.
 *
 * wasm-ld lays out .tdata first in static data, aligned; it gives neither its
 * start nor its size to a module whose memory is not shared. Its start is found
 * by looking for the mark, whose offset in .tdata is known, and its size by the
 * mark's being last: the archives come last on the link line.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

typedef struct {
  uint32_t words[4];
} tls_mark;

#define MARK {{0x6e72616f, 0x0d706d61, 0x736c7461, 0x001a0a0d}}

static _Thread_local _Alignas(16) volatile tls_mark mark = MARK;

extern char __global_base;

static char *image;
static char *initial; /* as it was before the program ran */

static size_t mark_offset(void) {
  return (size_t)((char *)&mark - (char *)coop_get_tls());
}

size_t coop_tls_size(void) { return mark_offset() + sizeof(tls_mark); }

static char *find_image(void) {
  static const tls_mark expected = MARK;
  uintptr_t base = (uintptr_t)&__global_base;
  for (uintptr_t align = 16; align <= 4096; align *= 2) {
    char *candidate = (char *)((base + align - 1) & -align);
    if (memcmp(candidate + mark_offset(), &expected, sizeof expected) == 0)
      return candidate;
  }
  return NULL;
}

/* Before every other constructor: they may use thread-local variables. */
__attribute__((constructor(1))) static void set_up(void) {
  image = find_image();
  if (!image)
    coop_fatal("the linker did not put .tdata first: thread-local variables "
               "cannot be found");
  coop_set_tls(image);
}

/* The first thread uses the image itself, so what it starts with is kept now,
 * before anything can change it. */
__attribute__((constructor(2))) static void keep_initial(void) {
  size_t size = coop_tls_size();
  if (size == sizeof(tls_mark))
    return;
  initial = malloc(size);
  if (!initial)
    coop_fatal("no memory for the thread-local variables' initial values");
  memcpy(initial, image, size);
}

/* The place in a block of at least coop_tls_size() + COOP_TLS_ALIGN bytes from
 * start that has the image's alignment. */
void *coop_tls_place(char *start) {
  uintptr_t skew = (uintptr_t)image - (uintptr_t)start;
  return start + skew % COOP_TLS_ALIGN;
}

void coop_tls_fill(void *tls) {
  memcpy(tls, initial ? initial : image, coop_tls_size());
}
