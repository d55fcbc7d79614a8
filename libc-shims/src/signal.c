/* Signals between the program's own threads. This stands in for the library that
 * emulates signals with one handler table and no masks.
 *
 * A handler runs on the thread that the signal is for, when that thread next runs; a
 * wait of that thread is interrupted for it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "impl.h"

typedef unsigned long long signals;

enum { SIGNALS = _NSIG - 1, THE_PROCESS = 42 /* what emulated getpid says */ };

static signals for_process; /* sent to the process while every thread blocked them */
static struct sigaction actions[SIGNALS];
static const char arrival; /* what waits for blocked signals wait on */

static int fail(int error) {
  errno = error;
  return -1;
}

static bool is_signal(int signal) { return signal >= 1 && signal <= SIGNALS; }

static signals bit(int signal) { return 1ull << (signal - 1); }

static signals due(const thread_local_part *part) {
  return (part->pending | for_process) & ~part->blocked;
}

/* What SIG_IGN and SIG_ERR are in wasi-libc's header; neither is called. */
void __SIG_IGN(int signal) { (void)signal; }
void __SIG_ERR(int signal) { (void)signal; }

/* SIG_DFL: some signals are ignored, the others end the program. */
static void act_by_default(int signal) {
  switch (signal) {
  case SIGCHLD:
  case SIGURG:
  case SIGWINCH:
  case SIGCONT:
    return;
  default:
    fflush(NULL);
    fprintf(stderr, "coop: ended by a signal: %s\n", strsignal(signal));
    abort();
  }
}

static void act(int signal) {
  const struct sigaction *action = &actions[signal - 1];
  if (action->sa_handler == SIG_DFL)
    act_by_default(signal);
  else
    call((void (*)(void *))(void (*)(void))action->sa_handler, (void *)(intptr_t)signal);
}

/* Calls one handler, with the signal and its action's mask blocked. */
static void handle(thread_local_part *part, int signal) {
  signals blocked = part->blocked;
  part->pending &= ~bit(signal);
  for_process &= ~bit(signal);
  part->blocked |= bit(signal) | actions[signal - 1].sa_mask.__bits;
  int saved = errno;
  act(signal);
  errno = saved;
  part->blocked = blocked;
}

void deliver_signals(void) {
  thread_local_part *part = my_part();
  signals left;
  while ((left = due(part)))
    handle(part, __builtin_ctzll(left) + 1);
}

/* Has a thread deliver what is due. */
static void notify(coop_thread *thread) {
  install_hooks();
  if (!due(part_of(thread)))
    return;
  if (thread == coop_self()) {
    deliver_signals();
    return;
  }
  coop_ring(thread);
  coop_interrupt(thread);
}

int pthread_kill(pthread_t handle, int signal) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  if (signal != 0 && !is_signal(signal))
    return EINVAL;
  if (signal == 0 || coop_has_ended(thread))
    return 0;
  part_of(thread)->pending |= bit(signal);
  coop_wake_all(&arrival);
  notify(thread);
  return 0;
}

typedef struct {
  int signal;
  coop_thread *thread;
} search;

static int accepts(coop_thread *thread, void *context) {
  search *wanted = context;
  if (coop_has_ended(thread) || (part_of(thread)->blocked & bit(wanted->signal)))
    return 0;
  wanted->thread = thread;
  return 1;
}

/* To the thread that calls if it does not block the signal, else to the oldest that
 * does not, else to who first unblocks it. */
static void send_to_process(int signal) {
  search wanted = {signal, NULL};
  for_process |= bit(signal);
  coop_wake_all(&arrival);
  if (!accepts(coop_self(), &wanted))
    coop_each(accepts, &wanted);
  if (wanted.thread)
    notify(wanted.thread);
}

int kill(pid_t process, int signal) {
  if (signal != 0 && !is_signal(signal))
    return fail(EINVAL);
  if (process != THE_PROCESS && process != 0 && process != -1)
    return fail(ESRCH);
  if (signal)
    send_to_process(signal);
  return 0;
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  thread_local_part *part = my_part();
  signals before = part->blocked;
  if (set && how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK)
    return EINVAL;
  if (old)
    old->__bits = before;
  if (!set)
    return 0;
  signals asked = set->__bits & ~(bit(SIGKILL) | bit(SIGSTOP));
  part->blocked = how == SIG_BLOCK     ? before | asked
                  : how == SIG_UNBLOCK ? before & ~asked
                                       : asked;
  deliver_signals();
  coop_preempt(COOP_DONE);
  return 0;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  int error = pthread_sigmask(how, set, old);
  return error ? fail(error) : 0;
}

int sigpending(sigset_t *set) {
  const thread_local_part *part = my_part();
  set->__bits = (part->pending | for_process) & part->blocked;
  return 0;
}

int sigwait(const sigset_t *restrict set, int *restrict signal) {
  thread_local_part *part = my_part();
  signals found;
  while (!(found = (part->pending | for_process) & set->__bits))
    if (wait_cancellable(&arrival, "a signal", NULL, COOP_FOREVER) == COOP_INTERRUPTED)
      act_on_cancel();
  *signal = __builtin_ctzll(found) + 1;
  part->pending &= ~bit(*signal);
  for_process &= ~bit(*signal);
  return 0;
}

int pause(void) {
  wait_cancellable(coop_self(), "a signal", NULL, COOP_FOREVER); /* only interrupted */
  act_on_cancel();
  return fail(EINTR);
}

static void on_alarm(void) {
  search wanted = {SIGALRM, NULL};
  for_process |= bit(SIGALRM);
  coop_wake_all(&arrival);
  coop_each(accepts, &wanted);
  if (!wanted.thread)
    return;
  install_hooks();
  coop_ring(wanted.thread);
  coop_interrupt(wanted.thread);
}

unsigned alarm(unsigned seconds) {
  coop_time deadline = seconds ? coop_now() + (coop_time)seconds * 1000000000 : COOP_FOREVER;
  coop_time before = coop_set_alarm(deadline, on_alarm);
  if (before == COOP_FOREVER)
    return 0;
  coop_time left = before - coop_now();
  return left > 0 ? (unsigned)((left + 999999999) / 1000000000) : 1;
}

int sigaction(int number, const struct sigaction *restrict action,
              struct sigaction *restrict old) {
  if (!is_signal(number) || (action && (number == SIGKILL || number == SIGSTOP)))
    return fail(EINVAL);
  if (old)
    *old = actions[number - 1];
  if (action)
    actions[number - 1] = *action;
  return 0;
}

void (*signal(int number, void (*handler)(int)))(int) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;
  return sigaction(number, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}

int raise(int signal) {
  int error = pthread_kill(pthread_self(), signal);
  return error ? fail(error) : 0;
}

void (*bsd_signal(int number, void (*handler)(int)))(int)
    __attribute__((alias("signal")));
void (*__sysv_signal(int number, void (*handler)(int)))(int)
    __attribute__((alias("signal")));
