/* Copies of .tdata for each thread.
 *
 * wasm-ld gives neither the start nor the size of .tdata to a module whose memory
 * is not shared (and puts it before or after .rodata, as its version goes). Its
 * start is found by looking for the mark, whose offset in .tdata is known, and its
 * size by the mark's being last: the archives come last on the link line.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

typedef struct {
  uint32_t words[4];
} tls_mark;

#define MARK {{0x6e72616f, 0x0d706d61, 0x736c7461, 0x001a0a0d}}
#define MARK_ALIGN 16

/* Here, because nothing thread-local may come behind the mark. */
_Thread_local coop_landing_pad __wasm_lpad_context = {0};

static _Thread_local _Alignas(MARK_ALIGN) volatile tls_mark mark = MARK;

extern char __global_base, __data_end;

static char *image;
static char *initial; /* as it was before the program ran */

static size_t mark_offset(void) {
  return (size_t)((char *)&mark - (char *)coop_get_tls());
}

size_t coop_tls_size(void) { return mark_offset() + sizeof(tls_mark); }

/* Not a comparison with a copy: that would be found instead. */
static bool is_mark(const char *place) {
  const tls_mark *found = (const tls_mark *)(const void *)place;
  return found->words[0] == 0x6e72616f && found->words[1] == 0x0d706d61 &&
         found->words[2] == 0x736c7461 && found->words[3] == 0x001a0a0d;
}

static char *find_image(void) {
  uintptr_t base = (uintptr_t)&__global_base + MARK_ALIGN - 1;
  char *place = (char *)(base & -(uintptr_t)MARK_ALIGN);
  for (; place < &__data_end; place += MARK_ALIGN)
    if (is_mark(place))
      return place - mark_offset();
  return NULL;
}

/* Before every other constructor: they may use thread-local variables. */
__attribute__((constructor(1))) static void set_up(void) {
  image = find_image();
  if (!image)
    coop_fatal("thread-local variables were not found in the program's data");
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
