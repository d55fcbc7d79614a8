/* The first thread. Linked with --wrap=__main_void, so that main is called inside
 * a catch of coop_exit's exception. */
#include <stdlib.h>

#include "internal.h"

int __real___main_void(void);

static void call_main(void *status) { *(int *)status = __real___main_void(); }

int __wrap___main_void(void) {
  int status = 0;
  coop_run_first(call_main, &status);
  return status;
}
