/* Signals between the program's own threads, over wasi-libc's signal() and raise().
 *
 * A handler runs on the thread that the signal is for, when that thread next runs; a
 * wait of that thread is interrupted for it. */
#include <signal.h>
#include <unistd.h>

#include "impl.h"

typedef unsigned long long signals;

enum { SIGNALS = _NSIG - 1, THE_PROCESS = 42 /* what emulated getpid says */ };

static signals for_process; /* sent to the process while every thread blocked them */
static struct sigaction actions[SIGNALS];

static int fail(int error) {
  errno = error;
  return -1;
}

static bool is_signal(int signal) { return signal >= 1 && signal <= SIGNALS; }

static signals bit(int signal) { return 1ull << (signal - 1); }

static signals due(const thread_local_part *part) {
  return (part->pending | for_process) & ~part->blocked;
}

/* Calls one handler, with the signal and its action's mask blocked. */
static void handle(thread_local_part *part, int signal) {
  signals blocked = part->blocked;
  part->pending &= ~bit(signal);
  for_process &= ~bit(signal);
  part->blocked |= bit(signal) | actions[signal - 1].sa_mask.__bits;
  int saved = errno;
  raise(signal);
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
  if (!accepts(coop_self(), &wanted))
    coop_each(accepts, &wanted);
  if (wanted.thread)
    notify(wanted.thread);
  coop_wake_all(&for_process);
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
  while (!(found = (part->pending | for_process) & set->__bits)) {
    /* What is blocked does not interrupt: unblock it for the wait, take it unhandled. */
    struct timespec soon = {0, 1000000};
    nanosleep(&soon, NULL);
  }
  *signal = __builtin_ctzll(found) + 1;
  part->pending &= ~bit(*signal);
  for_process &= ~bit(*signal);
  return 0;
}

int pause(void) {
  while (wait_cancellable(&for_process, "a signal", NULL, COOP_FOREVER) == COOP_WOKEN)
    ;
  act_on_cancel();
  return fail(EINTR);
}

static void on_alarm(void) {
  search wanted = {SIGALRM, NULL};
  for_process |= bit(SIGALRM);
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
  if (!is_signal(number))
    return fail(EINVAL);
  struct sigaction *kept = &actions[number - 1];
  struct sigaction before = *kept;
  /* signal() may have been called since. */
  before.sa_handler = signal(number, action ? action->sa_handler : SIG_DFL);
  if (before.sa_handler == SIG_ERR)
    return -1;
  if (action)
    *kept = *action;
  else
    signal(number, before.sa_handler);
  if (old)
    *old = before;
  return 0;
}
