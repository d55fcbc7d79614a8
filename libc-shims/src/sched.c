/* Scheduling attributes: kept and reported; they do not change who runs. */
#include <unistd.h>

#include "impl.h"

static bool known_policy(int policy) {
  switch (policy) {
  case SCHED_OTHER:
  case SCHED_FIFO:
  case SCHED_RR:
  case SCHED_BATCH:
  case SCHED_IDLE:
    return true;
  default:
    return false;
  }
}

static int set_errno(int error) {
  if (error)
    errno = error;
  return error ? -1 : 0;
}

static bool is_real_time(int policy) { return policy == SCHED_FIFO || policy == SCHED_RR; }

int sched_get_priority_max(int policy) {
  if (!known_policy(policy))
    return set_errno(EINVAL);
  return is_real_time(policy) ? 99 : 0;
}

int sched_get_priority_min(int policy) {
  if (!known_policy(policy))
    return set_errno(EINVAL);
  return is_real_time(policy) ? 1 : 0;
}

int check_scheduling(int policy, int priority) {
  if (!known_policy(policy))
    return EINVAL;
  int least = is_real_time(policy) ? 1 : 0, most = is_real_time(policy) ? 99 : 0;
  return priority < least || priority > most ? EINVAL : 0;
}

int sched_yield(void) {
  coop_yield();
  return 0;
}

int pthread_getschedparam(pthread_t handle, int *restrict policy,
                          struct sched_param *restrict param) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  *policy = part_of(thread)->policy;
  *param = (struct sched_param){.sched_priority = part_of(thread)->priority};
  coop_preempt(COOP_DONE);
  return 0;
}

int pthread_setschedparam(pthread_t handle, int policy, const struct sched_param *param) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  int error = check_scheduling(policy, param->sched_priority);
  if (error)
    return error;
  part_of(thread)->policy = policy;
  part_of(thread)->priority = param->sched_priority;
  coop_preempt(COOP_DONE);
  return 0;
}

int pthread_setschedprio(pthread_t handle, int priority) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  struct sched_param param = {.sched_priority = priority};
  return pthread_setschedparam(handle, part_of(thread)->policy, &param);
}

/* The process has the first thread's scheduling, and there is one process. */
static coop_thread *thread_of_process(pid_t process) {
  return process == 0 ? coop_self() : NULL;
}

int sched_getscheduler(pid_t process) {
  coop_thread *thread = thread_of_process(process);
  return thread ? part_of(thread)->policy : set_errno(ESRCH);
}

int sched_getparam(pid_t process, struct sched_param *param) {
  coop_thread *thread = thread_of_process(process);
  if (!thread)
    return set_errno(ESRCH);
  *param = (struct sched_param){.sched_priority = part_of(thread)->priority};
  return 0;
}

int sched_setscheduler(pid_t process, int policy, const struct sched_param *param) {
  int old = sched_getscheduler(process);
  if (old < 0)
    return -1;
  int error = pthread_setschedparam(pthread_self(), policy, param);
  return error ? set_errno(error) : old;
}

int sched_setparam(pid_t process, const struct sched_param *param) {
  int policy = sched_getscheduler(process);
  if (policy < 0)
    return -1;
  return set_errno(pthread_setschedparam(pthread_self(), policy, param));
}

int sched_rr_get_interval(pid_t process, struct timespec *interval) {
  if (!thread_of_process(process))
    return set_errno(ESRCH);
  *interval = (struct timespec){0}; /* a thread runs until it waits */
  return 0;
}
