/* Users and groups, of which WASI has none: everything is done by, and belongs to, the one that WASI's files say they belong to. */
#include <sys/stat.h>
#include <unistd.h>

static mode_t mask = S_IWGRP | S_IWOTH;

uid_t getuid(void) { return 0; }

uid_t geteuid(void) { return 0; }

gid_t getgid(void) { return 0; }

gid_t getegid(void) { return 0; }

/* WASI's files have no modes: the mask is kept and reported back. */
mode_t umask(mode_t wanted) {
  mode_t before = mask;
  mask = wanted & (S_IRWXU | S_IRWXG | S_IRWXO);
  return before;
}
