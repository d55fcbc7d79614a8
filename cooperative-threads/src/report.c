/* Messages before a trap. They are written without stdio and on a stack of their
 * own: the thread's may be what is broken. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

enum { TEXT_SIZE = 8192, STACK_SIZE = 16384 };

static char text[TEXT_SIZE];
static size_t length;
static char emergency[STACK_SIZE] __attribute__((aligned(16)));

static void say(const char *part) {
  size_t size = strlen(part);
  if (size > TEXT_SIZE - length)
    size = TEXT_SIZE - length;
  memcpy(text + length, part, size);
  length += size;
}

static void say_number(size_t number) {
  char digits[24];
  char *start = digits + sizeof digits - 1;
  *start = 0;
  do {
    *--start = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  say(start);
}

static void say_thread(const coop_thread *thread) {
  say("thread ");
  say_number((thread->id & 0xffff) + 1);
  if (!thread->name[0] && thread->block)
    return;
  say(" \"");
  say(thread->name[0] ? thread->name : "main");
  say("\"");
}

static void flush(void) {
  for (size_t done = 0; done < length;) {
    ssize_t written = write(STDERR_FILENO, text + done, length - done);
    if (written <= 0)
      break;
    done += (size_t)written;
  }
}

static void on_own_stack(void (*function)(const void *), const void *arg) {
  coop_with_stack(function, arg, emergency + STACK_SIZE);
}

/* The n-th distinct thing that threads wait on, in the order of the report. */
static size_t ordinal(const coop_thread *asked) {
  size_t number = 1;
  for (coop_thread *thread = coop_first_thread(); thread != asked; thread = thread->newer) {
    bool earlier = false;
    for (coop_thread *before = coop_first_thread(); before != thread; before = before->newer)
      earlier |= before->what && before->address == thread->address;
    if (thread->address == asked->address && thread->what)
      break;
    if (thread->what && !earlier && strcmp(thread->what, asked->what) == 0)
      number++;
  }
  return number;
}

static void say_owner(const coop_thread *thread) {
  coop_thread *owner = coop_find(*thread->owner);
  if (!owner) {
    say(", held by a thread that is gone");
    return;
  }
  say(", held by ");
  say_thread(owner);
  if (owner->state == STATE_ENDED)
    say(", which has ended");
}

static void say_wait(const coop_thread *thread) {
  say("  ");
  say_thread(thread);
  if (thread->state == STATE_ENDED) {
    say(" has ended and is not joined\n");
    return;
  }
  say(" waits for ");
  say(thread->what ? thread->what : "nothing");
  say(" ");
  coop_thread *joined = thread->owner ? coop_find(*thread->owner) : NULL;
  if (joined && joined == thread->address) {
    say_thread(joined);
  } else {
    say_number(ordinal(thread));
    if (thread->owner && *thread->owner)
      say_owner(thread);
  }
  say("\n");
}

static void deadlock(const void *unused) {
  (void)unused;
  say("coop: deadlock: every thread waits for another\n");
  for (coop_thread *thread = coop_first_thread(); thread; thread = thread->newer)
    say_wait(thread);
  flush();
  __builtin_trap();
}

_Noreturn void coop_report_deadlock(void) {
  fflush(NULL);
  on_own_stack(deadlock, NULL);
  __builtin_unreachable();
}

static void overflow(const void *argument) {
  const coop_thread *thread = argument;
  say("coop: stack overflow: ");
  say_thread(thread);
  say(" needs more than its ");
  say_number(thread->stack_size);
  say(" bytes\n");
  flush();
  __builtin_trap();
}

_Noreturn void coop_report_overflow(const coop_thread *thread) {
  on_own_stack(overflow, thread);
  __builtin_unreachable();
}

_Noreturn void coop_report_own_overflow(void) { coop_report_overflow(coop_self()); }

static void exception(const void *argument) {
  say("coop: an exception left the start function of ");
  say_thread(argument);
  say("\n");
  flush();
  __builtin_trap();
}

_Noreturn void coop_report_exception(const coop_thread *thread) {
  on_own_stack(exception, thread);
  __builtin_unreachable();
}

static void fatal(const void *message) {
  say("coop: ");
  say(message);
  say("\n");
  flush();
  __builtin_trap();
}

_Noreturn void coop_fatal(const char *message) {
  on_own_stack(fatal, message);
  __builtin_unreachable();
}
