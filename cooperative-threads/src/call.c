/* Calling a program's function, whatever type it was really given.
 *
 * C programs pass functions declared without parameters or without a result to
 * pthread_create and the like. Native calling conventions forgive that, a wasm
 * indirect call traps; where the compiler can ask for a function's type, it is
 * asked. */
#include "internal.h"

typedef void *(*whole)(void *);

#if __clang_major__ >= 21 /* __has_builtin looks at the command line only, not at target("gc") */

typedef void *(*without_parameter)(void);
typedef void (*without_result)(void *);
typedef void (*without_both)(void);

#define IS(type, function) \
  __builtin_wasm_test_function_pointer_signature((type)(void (*)(void))(function))

__attribute__((target("gc"))) void *coop_call(whole function, void *arg) {
  if (IS(whole, function))
    return function(arg);
  if (IS(without_parameter, function))
    return ((without_parameter)(void (*)(void))function)();
  if (IS(without_result, function)) {
    ((without_result)(void (*)(void))function)(arg);
    return NULL;
  }
  if (IS(without_both, function)) {
    ((without_both)(void (*)(void))function)();
    return NULL;
  }
  return function(arg);
}

#else

void *coop_call(whole function, void *arg) { return function(arg); }

#endif
