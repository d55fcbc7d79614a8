/* What compilers call to unwind (Itanium C++ ABI, level 1, as LLVM has it for wasm):
 * a library that was built without threads keeps one landing pad's context for all.
 * _Unwind_RaiseException is in entry.s. */
#include <unwind.h>

#include "internal.h"

/* The personality reads the index as a return address, counted from 1, behind a call. */
_Unwind_Word _Unwind_GetIP(struct _Unwind_Context *context) {
  (void)context;
  return __wasm_lpad_context.index + 2;
}

void _Unwind_SetIP(struct _Unwind_Context *context, _Unwind_Word value) {
  (void)context, (void)value;
}

/* Register 0 would be the exception, which the landing pad has; 1 is the selector. */
void _Unwind_SetGR(struct _Unwind_Context *context, int index, _Unwind_Word value) {
  (void)context;
  if (index == 1)
    __wasm_lpad_context.selector = value;
}

void *_Unwind_GetLanguageSpecificData(struct _Unwind_Context *context) {
  (void)context;
  return (void *)__wasm_lpad_context.table;
}

uintptr_t _Unwind_GetRegionStart(struct _Unwind_Context *context) {
  (void)context;
  return 0;
}

void _Unwind_DeleteException(struct _Unwind_Exception *exception) {
  if (exception->exception_cleanup)
    exception->exception_cleanup(_URC_FOREIGN_EXCEPTION_CAUGHT, exception);
}
