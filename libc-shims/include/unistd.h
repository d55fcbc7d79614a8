/* unistd.h, with what wasi-libc leaves out of it. */
#include_next <unistd.h>

#ifndef ONRAMP_UNISTD_H
#define ONRAMP_UNISTD_H

#ifdef __cplusplus
extern "C" {
#endif

int chown(const char *path, uid_t owner, gid_t group);
int fchown(int descriptor, uid_t owner, gid_t group);
int fchownat(int directory, const char *path, uid_t owner, gid_t group, int flags);
int lchown(const char *path, uid_t owner, gid_t group);

uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);

/* SIGALRM, to this program. */
unsigned alarm(unsigned seconds);
int pause(void);

/* Between the program's own threads. */
int pipe(int descriptors[2]);
int pipe2(int descriptors[2], int flags);

#ifdef __cplusplus
}
#endif

#endif
