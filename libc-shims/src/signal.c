/* Signal sets, masks and actions, over wasi-libc's signal() and raise(). */
#include <errno.h>
#include <signal.h>
#include <stddef.h>

enum { SIGNALS = _NSIG - 1 };

static _Thread_local sigset_t mask;
static struct sigaction actions[SIGNALS];

static int fail(int error) {
  errno = error;
  return -1;
}

static int is_signal(int signal) {
  return signal >= 1 && signal <= SIGNALS;
}

static unsigned long long bit(int signal) {
  return 1ull << (signal - 1);
}

int sigemptyset(sigset_t *set) {
  set->__bits = 0;
  return 0;
}

int sigfillset(sigset_t *set) {
  set->__bits = ~0ull;
  return 0;
}

int sigaddset(sigset_t *set, int signal) {
  if (!is_signal(signal))
    return fail(EINVAL);
  set->__bits |= bit(signal);
  return 0;
}

int sigdelset(sigset_t *set, int signal) {
  if (!is_signal(signal))
    return fail(EINVAL);
  set->__bits &= ~bit(signal);
  return 0;
}

int sigismember(const sigset_t *set, int signal) {
  if (!is_signal(signal))
    return fail(EINVAL);
  return (set->__bits & bit(signal)) != 0;
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  unsigned long long now = mask.__bits;
  if (set) {
    switch (how) {
    case SIG_BLOCK:
      mask.__bits = now | set->__bits;
      break;
    case SIG_UNBLOCK:
      mask.__bits = now & ~set->__bits;
      break;
    case SIG_SETMASK:
      mask.__bits = set->__bits;
      break;
    default:
      return EINVAL;
    }
    mask.__bits &= ~(bit(SIGKILL) | bit(SIGSTOP));
  }
  if (old)
    old->__bits = now;
  return 0;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  int error = pthread_sigmask(how, set, old);
  return error ? fail(error) : 0;
}

int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old) {
  if (!is_signal(number))
    return fail(EINVAL);
  struct sigaction *kept = &actions[number - 1];
  struct sigaction before = *kept;
  if (action) {
    void (*handler)(int) = signal(number, action->sa_handler);
    if (handler == SIG_ERR)
      return -1;
    before.sa_handler = handler;
    *kept = *action;
  } else {
    /* signal() may have been called since. */
    before.sa_handler = signal(number, SIG_DFL);
    if (before.sa_handler == SIG_ERR)
      return -1;
    signal(number, before.sa_handler);
  }
  if (old)
    *old = before;
  return 0;
}
