/* What has to change when the seed of hashes does, and the change. */
#ifndef ONRAMP_RENEWAL_H
#define ONRAMP_RENEWAL_H

#include <Python.h>
#include <pycore_pyhash.h>

#include "places.h"

/* A place that has the hash of an object: pairs of `Py_hash_t *`, `PyObject *`. */
typedef struct places slots;

/* Hashes that Python code works out, or that are made of the hashes in a set, need tables that are in order already. They come
   late. */
enum { EARLY, LATE, STAGES };

struct renewal {
    /* `Py_hash_t *`: what objects remember of their own hash, and work out again when they are asked (-1). */
    struct places forgotten;
    /* `PyObject **`: the same, as an object. */
    struct places dropped;
    /* `PyObject *`: strings whose hash is known. All the others' is worked out when it is asked for. */
    struct places strings;
    /* The keys of the dictionary of interned strings. It keeps their hashes, so that most of those strings need not have them. */
    PyDictKeysObject *interned;
    /* `PyWeakReference *`: living ones that know the hash of what they refer to. */
    struct places references[STAGES];
    /* Hashes beside keys that are no strings, but not those in sets. */
    slots slots[STAGES];
    /* `PyDictKeysObject *`: all, and those that late slots are in. */
    struct places tables[STAGES];
    /* `PySetObject *`: those of strings, and all others. */
    struct places sets[STAGES];
    /* How often the late hashes have to be worked out until they fit each other; 0: not known yet. */
    int rounds;
};

/* Changes the seed, and every hash that depends on it: how many rounds that took, or -1 with an exception. Python is not usable
   after that. */
int renew(const struct renewal *renewal, const _Py_HashSecret_t *secret);

void renewal_clear(struct renewal *renewal);

#endif
