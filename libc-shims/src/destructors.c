/* Destructors of C++ thread_local variables (Itanium C++ ABI, section 3.3.5). */
#include <stdlib.h>

#include "impl.h"

struct thread_destructor {
  void (*function)(void *);
  void *object;
  struct thread_destructor *next;
};

static bool first_thread_registered;

/* The last registered first; one that registers another has it run next. */
void run_thread_destructors(void) {
  thread_local_part *part = my_part();
  while (part->destructors) {
    struct thread_destructor *last = part->destructors;
    part->destructors = last->next;
    last->function(last->object);
    free(last);
  }
}

int __cxa_thread_atexit(void (*function)(void *), void *object, void *module) {
  (void)module;
  struct thread_destructor *entry = malloc(sizeof *entry);
  if (!entry)
    return -1;
  install_hooks();
  /* exit() does not end threads: the thread that calls it runs its own. */
  if (!first_thread_registered)
    first_thread_registered = atexit(run_thread_destructors) == 0;
  thread_local_part *part = my_part();
  *entry = (struct thread_destructor){function, object, part->destructors};
  part->destructors = entry;
  return 0;
}

int __cxa_thread_atexit_impl(void (*function)(void *), void *object, void *module) {
  return __cxa_thread_atexit(function, object, module);
}
