/* Objects of CPython 3.13 whose layout no header has. */
#ifndef ONRAMP_PRIVATE_H
#define ONRAMP_PRIVATE_H

#include <Python.h>

/* Modules/_functoolsmodule.c: a call that `functools.lru_cache` remembers. */
struct link {
    PyObject_HEAD
    struct link *before, *after;
    Py_hash_t hash;
    PyObject *key, *result;
};

/* Objects/odictobject.c: an item's place in the order. */
struct ordered_node {
    PyObject *key;
    Py_hash_t hash;
    struct ordered_node *after, *before;
};

/* Objects/odictobject.c: the beginning. */
struct ordered {
    PyDictObject dictionary;
    struct ordered_node *first;
};

/* Modules/_datetimemodule.c, datetime.h: dates, times and both begin so. */
struct date {
    PyObject_HEAD
    Py_hash_t hash;
};

/* Objects/setobject.c. */
struct set_iterator {
    PyObject_HEAD
    PySetObject *set;
    Py_ssize_t used, position;
};

#endif
