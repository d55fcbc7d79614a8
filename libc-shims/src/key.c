/* Thread-specific values. */
#include "impl.h"

typedef struct {
  void (*destructor)(void *);
  unsigned use; /* odd while the key exists */
} key;

static key keys[PTHREAD_KEYS_MAX];

static bool exists(pthread_key_t number) {
  return number < PTHREAD_KEYS_MAX && keys[number].use % 2 == 1;
}

int pthread_key_create(pthread_key_t *made, void (*destructor)(void *)) {
  for (pthread_key_t number = 0; number < PTHREAD_KEYS_MAX; number++) {
    if (exists(number))
      continue;
    keys[number].use++;
    keys[number].destructor = destructor;
    *made = number;
    return 0;
  }
  return EAGAIN;
}

int pthread_key_delete(pthread_key_t number) {
  if (!exists(number))
    return EINVAL;
  keys[number].use++;
  return 0;
}

void *pthread_getspecific(pthread_key_t number) {
  if (!exists(number))
    return NULL;
  const key_value *mine = &my_part()->values[number];
  return mine->use == keys[number].use ? mine->value : NULL;
}

int pthread_setspecific(pthread_key_t number, const void *value) {
  if (!exists(number))
    return EINVAL;
  my_part()->values[number] = (key_value){(void *)value, keys[number].use};
  my_part()->any_value = true;
  return 0;
}

/* One pass over the keys; whether a destructor ran. */
static bool run_round(thread_local_part *part) {
  bool ran = false;
  for (pthread_key_t number = 0; number < PTHREAD_KEYS_MAX; number++) {
    void *value = pthread_getspecific(number);
    if (!value || !keys[number].destructor)
      continue;
    part->values[number].value = NULL;
    call(keys[number].destructor, value);
    ran = true;
  }
  return ran;
}

void run_key_destructors(void) {
  thread_local_part *part = my_part();
  if (!part->any_value)
    return;
  for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS; round++)
    if (!run_round(part))
      return;
}
