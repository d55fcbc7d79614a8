/* Blocks of ended threads whose built-in thread still exists: making a thread
 * out of one costs the host nothing. */
#include "internal.h"

enum { MOST = 32 };

static coop_thread *pool;
static unsigned pooled;

static bool is_plain(const coop_thread *thread) {
  return thread->own_stack && thread->stack_size == COOP_DEFAULT_STACK &&
         thread->guard_size == COOP_DEFAULT_GUARD;
}

static bool wants_plain(const coop_options *options) {
  bool size = !options->stack_size || options->stack_size == COOP_DEFAULT_STACK;
  bool guard = !options->guard_size || options->guard_size == COOP_DEFAULT_GUARD;
  return size && guard && !options->no_guard && !options->stack;
}

/* A reset block with what the options ask for, or NULL. */
coop_thread *coop_pool_take(const coop_options *options) {
  coop_thread *thread = pool;
  if (!thread || !wants_plain(options))
    return NULL;
  pool = thread->next;
  pooled--;
  thread->next = NULL;
  coop_block_reset(thread);
  return thread;
}

/* Keeps a block; false when it is of an unusual kind or there are enough. */
bool coop_pool_put(coop_thread *thread) {
  if (!is_plain(thread) || pooled == MOST)
    return false;
  thread->next = pool;
  pool = thread;
  pooled++;
  return true;
}
