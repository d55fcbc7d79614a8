/* Signal sets. */
#include <errno.h>
#include <signal.h>

static int change(sigset_t *set, int signal, int add) {
  if (signal < 1 || signal >= _NSIG) {
    errno = EINVAL;
    return -1;
  }
  unsigned long long bit = 1ull << (signal - 1);
  set->__bits = add ? set->__bits | bit : set->__bits & ~bit;
  return 0;
}

int sigemptyset(sigset_t *set) {
  set->__bits = 0;
  return 0;
}

int sigfillset(sigset_t *set) {
  set->__bits = ~0ull;
  return 0;
}

int sigaddset(sigset_t *set, int signal) { return change(set, signal, 1); }

int sigdelset(sigset_t *set, int signal) { return change(set, signal, 0); }

int sigismember(const sigset_t *set, int signal) {
  if (signal < 1 || signal >= _NSIG) {
    errno = EINVAL;
    return -1;
  }
  return (int)(set->__bits >> (signal - 1) & 1);
}
