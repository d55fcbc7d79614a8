/* The C++ runtime's record of the exceptions that a thread handles (Itanium C++ ABI,
 * section 2.2.2): a libc++abi without threads keeps one for all. */
#include "impl.h"

typedef struct {
  void *caught;
  unsigned uncaught;
} exception_globals;

static _Thread_local exception_globals globals;

exception_globals *__cxa_get_globals(void) { return &globals; }

exception_globals *__cxa_get_globals_fast(void) { return &globals; }
