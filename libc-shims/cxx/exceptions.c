/* Linked to C++ programs when the toolchain's libc++abi was built without exceptions: a throw ends the program and says why. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void end(void) {
  fputs("onramp: a C++ exception was thrown, and the libc++abi of this toolchain has none\n", stderr);
  abort();
}

void *__cxa_allocate_exception(size_t size) {
  (void)size;
  end();
}

void __cxa_free_exception(void *exception) {
  (void)exception;
}

_Noreturn void __cxa_throw(void *exception, void *type, void (*destructor)(void *)) {
  (void)exception;
  (void)type;
  (void)destructor;
  end();
}

_Noreturn void __cxa_rethrow(void) {
  end();
}
