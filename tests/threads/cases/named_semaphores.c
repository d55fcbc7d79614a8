/* Named semaphores: one object per name, gone when unlinked and closed. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static void *posts(void *arg) {
  sem_t *sem = sem_open("/work", 0);
  sem_post(sem);
  sem_close(sem);
  return arg;
}

int main(void) {
  pthread_t thread;
  printf("not there: %d ENOENT %d\n", sem_open("/work", 0) == SEM_FAILED, errno == ENOENT);
  sem_t *sem = sem_open("/work", O_CREAT, 0600, 0);
  printf("there: %d EEXIST %d\n", sem_open("/work", O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED, errno == EEXIST);
  sem_t *same = sem_open("/work", O_CREAT, 0600, 9);
  printf("the same: %d\n", same == sem);
  pthread_create(&thread, NULL, posts, NULL);
  printf("wait %d\n", sem_wait(sem));
  pthread_join(thread, NULL);
  printf("unlink %d\n", sem_unlink("/work"));
  printf("unlink again: %d ENOENT %d\n", sem_unlink("/work"), errno == ENOENT);
  sem_t *fresh = sem_open("/work", O_CREAT, 0600, 5);
  int value;
  sem_getvalue(fresh, &value);
  printf("a new one: %d with %d\n", fresh != sem, value);
  sem_post(sem);
  sem_getvalue(sem, &value);
  printf("the old one lives: %d\n", value);
  printf("close %d %d %d\n", sem_close(sem), sem_close(same), sem_close(fresh));
  printf("close once more: %d EINVAL %d\n", sem_close(fresh), errno == EINVAL);
  printf("no name: %d EINVAL %d\n", sem_open("/", O_CREAT, 0600, 0) == SEM_FAILED, errno == EINVAL);
  sem_unlink("/work");
}
