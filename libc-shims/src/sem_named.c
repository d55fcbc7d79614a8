/* Named semaphores: they live as long as the process. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sem_impl.h"

typedef struct named {
  sem_t sem; /* first: its address is the semaphore's */
  struct named *next;
  unsigned opened;
  bool unlinked;
  char name[];
} named;

static named *all;

/* The last part of /name; NULL and errno for what cannot be one. */
static const char *base_name(const char *path) {
  const char *name = path;
  while (*name == '/')
    name++;
  if (*name == 0 || strchr(name, '/')) {
    errno = EINVAL;
    return NULL;
  }
  if (strlen(path) > NAME_MAX) { /* with the slash, which a prefix would replace */
    errno = ENAMETOOLONG;
    return NULL;
  }
  return name;
}

static named *find(const char *name) {
  named *entry = all;
  while (entry && (entry->unlinked || strcmp(entry->name, name) != 0))
    entry = entry->next;
  return entry;
}

static void free_unused(named *entry) {
  if (entry->opened || !entry->unlinked)
    return;
  named **link = &all;
  while (*link != entry)
    link = &(*link)->next;
  *link = entry->next;
  free(entry);
}

static named *make(const char *name, unsigned value) {
  size_t size = strlen(name) + 1;
  named *entry = calloc(1, sizeof *entry + size);
  if (!entry) {
    errno = ENOMEM;
    return NULL;
  }
  if (sem_init(&entry->sem, 1, value) != 0) {
    free(entry);
    return NULL;
  }
  memcpy(entry->name, name, size);
  entry->next = all;
  all = entry;
  return entry;
}

static sem_t *opened(named *entry) {
  if (!entry)
    return SEM_FAILED;
  entry->opened++;
  return &entry->sem;
}

static sem_t *failed(int error) {
  errno = error;
  return SEM_FAILED;
}

sem_t *sem_open(const char *path, int flags, ...) {
  const char *name = base_name(path);
  if (!name)
    return SEM_FAILED;
  named *entry = find(name);
  if (entry)
    return (flags & O_CREAT) && (flags & O_EXCL) ? failed(EEXIST) : opened(entry);
  if (!(flags & O_CREAT))
    return failed(ENOENT);
  va_list arguments;
  va_start(arguments, flags);
  va_arg(arguments, unsigned); /* the mode: there are no users */
  unsigned value = va_arg(arguments, unsigned);
  va_end(arguments);
  return opened(make(name, value));
}

int sem_close(sem_t *sem) {
  named *entry = all;
  while (entry && &entry->sem != sem)
    entry = entry->next;
  if (!entry || !entry->opened) {
    errno = EINVAL;
    return -1;
  }
  entry->opened--;
  free_unused(entry);
  return 0;
}

int sem_unlink(const char *path) {
  const char *name = base_name(path);
  named *entry = name ? find(name) : NULL;
  if (!entry) {
    if (name)
      errno = ENOENT;
    else if (errno == EINVAL)
      errno = ENOENT; /* no semaphore can have that name */
    return -1;
  }
  entry->unlinked = true;
  free_unused(entry);
  return 0;
}
