/* The Component Model's thread built-ins
 * (component-model, design/mvp/CanonicalABI.md, canon thread.*). */
#include "internal.h"

#define BUILT_IN(name) __attribute__((import_module("$root"), import_name(name)))

BUILT_IN("[thread-new-indirect-v0]")
uint32_t thread_new_indirect(void (*start)(coop_thread *), coop_thread *context);

BUILT_IN("[thread-index]")
uint32_t thread_index(void);

BUILT_IN("[thread-resume-later]")
void thread_resume_later(uint32_t index);

/* Not thread.suspend: a task of a sync-typed export may not call that. */
BUILT_IN("[thread-suspend-then-resume]")
uint32_t thread_suspend_then_resume(uint32_t index);

uint32_t coop_host_new(coop_thread *thread) {
  return thread_new_indirect(coop_entry, thread);
}

uint32_t coop_host_index(void) { return thread_index(); }

void coop_host_resume_later(uint32_t index) { thread_resume_later(index); }

void coop_host_resume(uint32_t index) { thread_suspend_then_resume(index); }
