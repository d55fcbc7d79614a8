/* chown and its relatives, which WASI lacks: files there have no owners that differ, so nothing but what they are can be set. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int set(const struct stat *file, uid_t owner, gid_t group) {
  int same_owner = owner == (uid_t)-1 || owner == file->st_uid;
  int same_group = group == (gid_t)-1 || group == file->st_gid;
  if (same_owner && same_group)
    return 0;
  errno = EPERM;
  return -1;
}

int fchownat(int directory, const char *path, uid_t owner, gid_t group, int flags) {
  struct stat file;
  return fstatat(directory, path, &file, flags) ? -1 : set(&file, owner, group);
}

int chown(const char *path, uid_t owner, gid_t group) {
  return fchownat(AT_FDCWD, path, owner, group, 0);
}

int lchown(const char *path, uid_t owner, gid_t group) {
  return fchownat(AT_FDCWD, path, owner, group, AT_SYMLINK_NOFOLLOW);
}

int fchown(int descriptor, uid_t owner, gid_t group) {
  struct stat file;
  return fstat(descriptor, &file) ? -1 : set(&file, owner, group);
}
