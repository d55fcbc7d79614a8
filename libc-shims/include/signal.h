/* signal.h, with the sets, masks, actions and calls that wasi-libc leaves out. No
 * signal comes from outside the program. */
#include_next <signal.h>

#ifndef ONRAMP_SIGNAL_H
#define ONRAMP_SIGNAL_H

#include <__typedef_sigset_t.h>

#define __NEED_pid_t
#define __NEED_pthread_t
#include <bits/alltypes.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

#define SA_NOCLDSTOP 1
#define SA_NOCLDWAIT 2
#define SA_SIGINFO 4
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000

struct sigaction {
  void (*sa_handler)(int);
  sigset_t sa_mask;
  int sa_flags;
};

int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int signal);
int sigdelset(sigset_t *set, int signal);
int sigismember(const sigset_t *set, int signal);
int sigprocmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);
int pthread_sigmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);
int sigpending(sigset_t *set);
int sigwait(const sigset_t *__restrict set, int *__restrict signal);
int kill(pid_t process, int signal);
int pthread_kill(pthread_t thread, int signal);
int sigaction(int signal, const struct sigaction *__restrict action, struct sigaction *__restrict old);

#ifdef __cplusplus
}
#endif

#endif
