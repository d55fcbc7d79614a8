/* pthread_once. */
#include "impl.h"

enum { NEW, RUNNING, DONE };

/* The routine did not end: the next caller runs it again. */
static void undo(void *control) {
  *(pthread_once_t *)control = NEW;
  coop_wake_all(control);
}

int pthread_once(pthread_once_t *control, void (*routine)(void)) {
  while (*control == RUNNING)
    coop_wait(control, "once", NULL, COOP_FOREVER);
  if (*control == DONE) {
    coop_preempt(COOP_DONE);
    return 0;
  }
  if (*control != NEW)
    return EINVAL;
  *control = RUNNING;
  pthread_cleanup_push(undo, control);
  call_once_routine(routine);
  pthread_cleanup_pop(0);
  *control = DONE;
  coop_wake_all(control);
  return 0;
}
