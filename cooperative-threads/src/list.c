/* Lists of threads through their own links. */
#include "internal.h"

void coop_push(coop_list *list, coop_thread *thread) {
  thread->next = NULL;
  thread->previous = list->tail;
  if (list->tail)
    list->tail->next = thread;
  else
    list->head = thread;
  list->tail = thread;
}

void coop_remove(coop_list *list, coop_thread *thread) {
  if (thread->previous)
    thread->previous->next = thread->next;
  else
    list->head = thread->next;
  if (thread->next)
    thread->next->previous = thread->previous;
  else
    list->tail = thread->previous;
  thread->next = thread->previous = NULL;
}
