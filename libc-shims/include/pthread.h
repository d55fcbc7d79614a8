/* wasi-libc's pthread.h, and what it leaves out. */
#include_next <pthread.h>

#ifndef ONRAMP_PTHREAD_H
#define ONRAMP_PTHREAD_H

#include <sched.h>

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((__noreturn__)) void pthread_exit(void *);
int pthread_cancel(pthread_t);
int pthread_kill(pthread_t, int);

int pthread_getschedparam(pthread_t, int *__restrict, struct sched_param *__restrict);
int pthread_setschedparam(pthread_t, int, const struct sched_param *);
int pthread_attr_getschedparam(const pthread_attr_t *__restrict, struct sched_param *__restrict);
int pthread_attr_setschedparam(pthread_attr_t *__restrict, const struct sched_param *__restrict);

/* POSIX.1-2024 */
int pthread_cond_clockwait(pthread_cond_t *__restrict, pthread_mutex_t *__restrict, clockid_t,
                           const struct timespec *__restrict);
int pthread_mutex_clocklock(pthread_mutex_t *__restrict, clockid_t,
                            const struct timespec *__restrict);
int pthread_rwlock_clockrdlock(pthread_rwlock_t *__restrict, clockid_t,
                               const struct timespec *__restrict);
int pthread_rwlock_clockwrlock(pthread_rwlock_t *__restrict, clockid_t,
                               const struct timespec *__restrict);

#ifdef _GNU_SOURCE
int pthread_clockjoin_np(pthread_t, void **, clockid_t, const struct timespec *);
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP {{{1}}}
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP {{{2}}}
#endif

#ifdef __cplusplus
}
#endif

#endif
