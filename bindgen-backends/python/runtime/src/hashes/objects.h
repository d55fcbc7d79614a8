/* All objects of Python, by what they know of hashes. */
#ifndef ONRAMP_OBJECTS_H
#define ONRAMP_OBJECTS_H

#include <Python.h>

/* What an object knows of hashes. */
enum kind {
    NOTHING,
    /* Its own. */
    STRING,
    BYTES,
    VIEW,
    DATE,
    PATH,
    /* Those of its keys. */
    DICTIONARY,
    ORDERED,
    SET,
    LINK,
    REFERENCE,
    /* Where it is in a set. */
    SET_ITERATOR,
};

/* Learns the types that there are: 0, or -1 with an exception. */
int objects_learn_types(void);

/* Calls a function for every object that is no part of CPython's own data. It may neither make nor free objects. */
void objects_visit(void (*visit)(PyObject *object, enum kind kind));

/* Calls a function for every type that is made at run time. */
void objects_visit_heap_types(void (*visit)(PyTypeObject *type));

/* The place of a path's remembered hash (`pathlib.PurePath._hash`). */
PyObject **objects_path_hash(PyObject *path);

void objects_forget_types(void);

#endif
