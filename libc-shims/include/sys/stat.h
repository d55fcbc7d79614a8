/* sys/stat.h, with what wasi-libc leaves out of it. */
#include_next <sys/stat.h>

#ifndef ONRAMP_SYS_STAT_H
#define ONRAMP_SYS_STAT_H

#ifdef __cplusplus
extern "C" {
#endif

mode_t umask(mode_t mask);

#ifdef __cplusplus
}
#endif

#endif
