/* Making, joining and detaching threads. */
#include "impl.h"

/* What a thread inherits and what its attributes say. */
static void set_scheduling(coop_thread *thread, const attr_fields *attr) {
  thread_local_part *part = part_of(thread);
  if (attr && attr->inherit == PTHREAD_EXPLICIT_SCHED) {
    part->policy = attr->policy;
    part->priority = attr->priority;
  } else {
    part->policy = my_part()->policy;
    part->priority = my_part()->priority;
  }
}

static coop_options options_of(const attr_fields *attr) {
  coop_options options = {0};
  if (attr) {
    options.stack_size = attr->stack_size;
    options.stack = attr->stack;
    options.guard_size = attr->guard_size;
    options.no_guard = attr->guard_size == 0;
  }
  return options;
}

int pthread_create(pthread_t *restrict handle, const pthread_attr_t *restrict attr,
                   void *(*entry)(void *), void *restrict arg) {
  const attr_fields *fields = attr ? attr_of(attr) : NULL;
  if (fields && fields->magic != ATTR_MAGIC)
    return EINVAL;
  install_hooks();
  coop_options options = options_of(fields);
  coop_thread *thread;
  int error = coop_create(&thread, &options, entry, arg);
  if (error)
    return error == ENOMEM ? EAGAIN : error; /* POSIX has one code for both */
  set_scheduling(thread, fields);
  part_of(thread)->blocked = my_part()->blocked;
  if (fields && fields->detached == PTHREAD_CREATE_DETACHED)
    coop_detach(thread);
  *handle = handle_of(coop_id_of(thread));
  coop_preempt(COOP_DONE);
  return 0;
}

pthread_t pthread_self(void) { return handle_of(self_id()); }

int(pthread_equal)(pthread_t a, pthread_t b) { return a == b; }

int pthread_detach(pthread_t handle) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  if (coop_is_detached(thread) || part_of(thread)->joiner)
    return EINVAL;
  coop_detach(thread);
  return 0;
}

/* Whether `handle`, through the threads that it waits for, waits for us. */
static bool waits_for_us(pthread_t handle) {
  pthread_t self = pthread_self();
  while (handle && handle != self) {
    coop_thread *thread = thread_of(handle);
    handle = thread ? part_of(thread)->joining : 0;
  }
  return handle == self;
}

static int check_join(pthread_t handle, coop_thread *thread) {
  if (!thread)
    return ESRCH;
  if (waits_for_us(handle))
    return EDEADLK;
  if (coop_is_detached(thread) || part_of(thread)->joiner)
    return EINVAL;
  return 0;
}

/* Joins before a deadline; a cancellation point. */
static int join_until(pthread_t handle, void **result, coop_time deadline) {
  act_on_cancel();
  coop_thread *thread = thread_of(handle);
  int error = check_join(handle, thread);
  if (error)
    return error;
  thread_local_part *self = my_part();
  self->joining = handle;
  part_of(thread)->joiner = pthread_self();
  do {
    self->interruptible = true;
    error = coop_join(thread, result, deadline);
    self->interruptible = false;
  } while (error == EINTR && !cancel_is_due());
  self->joining = 0;
  if (error)
    part_of(thread)->joiner = 0;
  if (error == EINTR)
    act_on_cancel();
  return error;
}

int pthread_join(pthread_t handle, void **result) {
  return join_until(handle, result, COOP_FOREVER);
}

int pthread_tryjoin_np(pthread_t handle, void **result) {
  coop_thread *thread = thread_of(handle);
  int error = check_join(handle, thread);
  if (error)
    return error;
  if (coop_has_ended(thread))
    return coop_join(thread, result, 0);
  coop_preempt(COOP_REFUSED);
  return EBUSY;
}

int pthread_clockjoin_np(pthread_t handle, void **result, clockid_t clock,
                         const struct timespec *time) {
  if (!time)
    return join_until(handle, result, COOP_FOREVER);
  if (!valid_time(time) || !known_clock(clock))
    return EINVAL;
  return join_until(handle, result, deadline_on(clock, time));
}

int pthread_timedjoin_np(pthread_t handle, void **result, const struct timespec *time) {
  return pthread_clockjoin_np(handle, result, CLOCK_REALTIME, time);
}
