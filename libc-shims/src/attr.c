/* pthread_attr_t. */
#include "impl.h"

static attr_fields defaults = {
    .magic = ATTR_MAGIC,
    .stack_size = COOP_DEFAULT_STACK,
    .guard_size = COOP_DEFAULT_GUARD,
};

int pthread_attr_init(pthread_attr_t *attr) {
  *attr_of(attr) = defaults;
  return 0;
}

static bool is_valid(const pthread_attr_t *attr) { return attr_of(attr)->magic == ATTR_MAGIC; }

int pthread_attr_destroy(pthread_attr_t *attr) {
  if (!is_valid(attr))
    return EINVAL;
  attr_of(attr)->magic = 0;
  return 0;
}

/* A getter and a setter of one field, for values that `allowed` tells. */
#define PROPERTY(name, type, field, allowed)                                        \
  int pthread_attr_get##name(const pthread_attr_t *restrict attr, type *restrict value) { \
    if (!is_valid(attr))                                                            \
      return EINVAL;                                                                \
    *value = attr_of(attr)->field;                                                  \
    return 0;                                                                       \
  }                                                                                 \
  int pthread_attr_set##name(pthread_attr_t *attr, type value) {                    \
    if (!is_valid(attr) || !(allowed))                                              \
      return EINVAL;                                                                \
    attr_of(attr)->field = value;                                                   \
    return 0;                                                                       \
  }

PROPERTY(detachstate, int, detached,
         value == PTHREAD_CREATE_JOINABLE || value == PTHREAD_CREATE_DETACHED)
PROPERTY(guardsize, size_t, guard_size, value <= SIZE_MAX / 4)
PROPERTY(stacksize, size_t, stack_size, value >= PTHREAD_STACK_MIN && value <= SIZE_MAX / 4)
PROPERTY(inheritsched, int, inherit,
         value == PTHREAD_INHERIT_SCHED || value == PTHREAD_EXPLICIT_SCHED)
PROPERTY(schedpolicy, int, policy,
         value == SCHED_OTHER || value == SCHED_FIFO || value == SCHED_RR)

int pthread_attr_getscope(const pthread_attr_t *restrict attr, int *restrict scope) {
  if (!is_valid(attr))
    return EINVAL;
  *scope = attr_of(attr)->scope;
  return 0;
}

/* All threads compete with each other only: there is one processor. */
int pthread_attr_setscope(pthread_attr_t *attr, int scope) {
  if (!is_valid(attr))
    return EINVAL;
  if (scope != PTHREAD_SCOPE_SYSTEM && scope != PTHREAD_SCOPE_PROCESS)
    return EINVAL;
  attr_of(attr)->scope = (unsigned char)scope;
  return 0;
}

int pthread_attr_getstack(const pthread_attr_t *restrict attr, void **restrict stack,
                          size_t *restrict size) {
  if (!is_valid(attr))
    return EINVAL;
  *stack = attr_of(attr)->stack;
  *size = attr_of(attr)->stack_size;
  return 0;
}

int pthread_attr_setstack(pthread_attr_t *attr, void *stack, size_t size) {
  if (!is_valid(attr) || size < PTHREAD_STACK_MIN || size > SIZE_MAX / 4)
    return EINVAL;
  attr_of(attr)->stack = stack;
  attr_of(attr)->stack_size = size;
  return 0;
}

int pthread_attr_getschedparam(const pthread_attr_t *restrict attr,
                               struct sched_param *restrict param) {
  if (!is_valid(attr))
    return EINVAL;
  *param = (struct sched_param){.sched_priority = attr_of(attr)->priority};
  return 0;
}

int pthread_attr_setschedparam(pthread_attr_t *restrict attr,
                               const struct sched_param *restrict param) {
  if (!is_valid(attr))
    return EINVAL;
  int error = check_scheduling(attr_of(attr)->policy, param->sched_priority);
  if (!error)
    attr_of(attr)->priority = param->sched_priority;
  return error;
}

int pthread_getattr_default_np(pthread_attr_t *attr) { return pthread_attr_init(attr); }

int pthread_setattr_default_np(const pthread_attr_t *attr) {
  if (!is_valid(attr) || attr_of(attr)->stack)
    return EINVAL;
  defaults = *attr_of(attr);
  return 0;
}

/* A running thread's attributes. The first thread's stack is the linker's. */
int pthread_getattr_np(pthread_t handle, pthread_attr_t *attr) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  const thread_local_part *part = part_of(thread);
  attr_fields *fields = attr_of(attr);
  *fields = (attr_fields){.magic = ATTR_MAGIC,
                          .policy = part->policy,
                          .priority = part->priority,
                          .detached = (unsigned char)coop_is_detached(thread)};
  coop_stack(thread, &fields->stack, &fields->stack_size, &fields->guard_size);
  return 0;
}
