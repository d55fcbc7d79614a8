/* The C++ runtime's record of the exceptions that a thread handles (Itanium C++ ABI,
 * section 2.2.2): a libc++abi without threads keeps one for all. */
#include "impl.h"

exception_globals *__cxa_get_globals(void) { return &my_part()->exceptions; }

exception_globals *__cxa_get_globals_fast(void) { return &my_part()->exceptions; }
