/* Hashes that Python code keeps. */
#ifndef ONRAMP_REMEMBERED_H
#define ONRAMP_REMEMBERED_H

#include <Python.h>

/* Has `hash` and `__hash__` note what they return: 0, or -1 with an exception. */
int remembered_begin(void);

/* A list of the numbers that somebody else still has, or null with an exception. */
PyObject *remembered(void);

/* A list of the code that called them and may have kept something made of such a number, or null with an exception. */
PyObject *remembered_callers(void);

/* Has the functions be as they were, and forgets the numbers. */
void remembered_end(void);

#endif
