/* Who asks for hashes in Python. */
#ifndef ONRAMP_CALLERS_H
#define ONRAMP_CALLERS_H

#include <Python.h>

/* Notes the code that runs now. */
void callers_note(void);

/* A list of the noted code that is more than a `__hash__` which stores nothing, or null with an exception. */
PyObject *callers_suspicious(void);

/* Forgets all. */
void callers_end(void);

#endif
