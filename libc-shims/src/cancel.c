/* pthread_exit, pthread_cancel, cleanup handlers. */
#include "impl.h"

void _pthread_cleanup_push(struct __ptcb *frame, void (*function)(void *), void *arg) {
  thread_local_part *part = my_part();
  frame->__f = function;
  frame->__x = arg;
  frame->__next = part->cleanups;
  part->cleanups = frame;
}

void _pthread_cleanup_pop(struct __ptcb *frame, int run) {
  my_part()->cleanups = frame->__next;
  if (run)
    call(frame->__f, frame->__x);
}

/* The frames that hold the handlers are still there: unwinding comes after. */
static void run_cleanups(thread_local_part *part) {
  while (part->cleanups) {
    struct __ptcb *frame = part->cleanups;
    part->cleanups = frame->__next;
    call(frame->__f, frame->__x);
  }
}

_Noreturn void pthread_exit(void *result) {
  install_hooks();
  thread_local_part *part = my_part();
  part->exiting = true;
  part->cancel_state = PTHREAD_CANCEL_DISABLE;
  run_cleanups(part);
  coop_exit(result);
}

static void after_frames(void) {
  thread_local_part *part = my_part();
  part->exiting = true;
  part->cancel_state = PTHREAD_CANCEL_DISABLE;
  run_thread_destructors();
  run_key_destructors();
  abandon_robust_mutexes();
  abandon_file_locks();
}

static bool is_due(const thread_local_part *part) {
  return part->cancelled && part->cancel_state == PTHREAD_CANCEL_ENABLE && !part->exiting;
}

static void on_bell(void) {
  if (my_part()->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
    act_on_cancel();
  deliver_signals();
}

void install_hooks(void) {
  coop_add_exit_hook(after_frames);
  coop_set_bell_hook(on_bell);
}

bool cancel_is_due(void) { return is_due(my_part()); }

/* Ends the calling thread if it is to be cancelled now. */
void act_on_cancel(void) {
  if (is_due(my_part()))
    pthread_exit(PTHREAD_CANCELED);
}

/* A wait at a cancellation point. COOP_INTERRUPTED: a signal was handled, or the
 * thread is cancelled: the caller puts its state in order and calls act_on_cancel. */
coop_reason wait_cancellable(const void *address, const char *what,
                             const coop_id *owner, coop_time deadline) {
  thread_local_part *part = my_part();
  if (is_due(part))
    return COOP_INTERRUPTED;
  part->interruptible = true;
  coop_reason reason = coop_wait(address, what, owner, deadline);
  part->interruptible = false;
  return reason;
}

void pthread_testcancel(void) {
  act_on_cancel();
  coop_preempt(COOP_DONE);
}

int pthread_cancel(pthread_t handle) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  install_hooks();
  thread_local_part *part = part_of(thread);
  part->cancelled = true;
  coop_preempt(COOP_DONE);
  if (!thread_of(handle) || !is_due(part))
    return 0;
  if (part->interruptible) {
    coop_interrupt(thread); /* the call puts its state in order first */
  } else if (part->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS) {
    if (thread == coop_self())
      act_on_cancel();
    coop_ring(thread);
    coop_interrupt(thread);
  }
  return 0;
}

int pthread_setcancelstate(int state, int *old) {
  if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
    return EINVAL;
  thread_local_part *part = my_part();
  if (old)
    *old = part->cancel_state;
  part->cancel_state = (unsigned char)state;
  if (part->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
    act_on_cancel();
  return 0;
}

int pthread_setcanceltype(int type, int *old) {
  if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
    return EINVAL;
  thread_local_part *part = my_part();
  if (old)
    *old = part->cancel_type;
  part->cancel_type = (unsigned char)type;
  if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
    act_on_cancel();
  return 0;
}
