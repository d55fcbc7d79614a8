/* Apart from unwind.c: only a C++ library has this personality. */
#include <unwind.h>

#include "internal.h"

_Unwind_Reason_Code __gxx_personality_wasm0(int version, _Unwind_Action actions,
                                            _Unwind_Exception_Class class,
                                            struct _Unwind_Exception *exception,
                                            struct _Unwind_Context *context);

/* Called in a landing pad, to learn what it caught. */
_Unwind_Reason_Code _Unwind_CallPersonality(void *thrown) {
  struct _Unwind_Exception *exception = thrown;
  struct _Unwind_Context *context = (struct _Unwind_Context *)&__wasm_lpad_context;
  _Unwind_SetGR(context, 1, 0);
  return __gxx_personality_wasm0(1, _UA_SEARCH_PHASE, exception->exception_class,
                                 exception, context);
}
