#include "worker.h"

#include <pthread.h>
#include <stdio.h>

int main(void) {
  pthread_t thread;
  int number = 21;
  if (pthread_create(&thread, NULL, work, &number))
    return 1;
  pthread_join(thread, NULL);
  printf("%d\n", number);
}
