/* wasi-libc's signal set is a placeholder of one byte; this one holds every signal. No function of its own looks into a set. */
#ifndef ONRAMP_TYPEDEF_SIGSET_T_H
#define ONRAMP_TYPEDEF_SIGSET_T_H

typedef struct {
  unsigned long long __bits;
} sigset_t;

#endif
