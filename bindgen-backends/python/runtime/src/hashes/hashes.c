/* A seed of hashes of its own for each instance of a snapshot.
 *
 * In the first life everything is found that has a hash in it which depends on the seed, and written down, so that an instance
 * changes just that: no heap is walked then. That the account is whole is tried at once: the seed is changed to another and back,
 * and every key must have got its first hash again. */
#include <stdbool.h>

#include <Python.h>
#include <pycore_pylifecycle.h>

#include "blocks.h"
#include "objects.h"
#include "remembered.h"
#include "survey.h"

/* What an instance changes. */
static struct renewal written;
static bool is_written;

void onramp_hashes_begin(void) {
    blocks_begin();
}

int onramp_hashes_watch(void) {
    return remembered_begin();
}

/* The numbers that Python code remembers, and the code that may remember what it made of some: a pair of lists, or null with an
   exception. Paths forget theirs, which they work out again. */
PyObject *onramp_hashes_remembered(void) {
    if (objects_learn_types())
        return NULL;
    survey_drop_paths();
    PyObject *numbers = remembered(), *callers = remembered_callers();
    PyObject *both = numbers && callers ? PyTuple_Pack(2, numbers, callers) : NULL;
    Py_XDECREF(numbers);
    Py_XDECREF(callers);
    return both;
}

static int fail(const char *message) {
    PyErr_SetString(PyExc_RuntimeError, message);
    return -1;
}

/* Works out the hashes of the keys from the `first` on. */
static int hash_keys(const struct survey_keys *keys, size_t first, struct places *hashes) {
    for (size_t i = first; i < keys->keys.count; i++) {
        Py_hash_t hash = PyObject_Hash((PyObject *)keys->keys.items[i]);
        if (hash == -1)
            return -1;
        places_add(hashes, (uintptr_t)hash);
    }
    return 0;
}

/* Changes every hash to another seed's. */
static int change(const struct survey_keys *keys, const _Py_HashSecret_t *secret, int *rounds) {
    struct renewal renewal = {0};
    survey_fill(&renewal, keys);
    *rounds = renew(&renewal, secret);
    renewal_clear(&renewal);
    return *rounds < 0 ? -1 : 0;
}

/* Learns which keys' hashes depend on the seed, by another one. */
static int try_other(struct survey_keys *keys, const struct places *hashes) {
    _Py_HashSecret_t other;
    struct places others = {0};
    int rounds;
    memset(&other, 0x5a, sizeof other);
    if (change(keys, &other, &rounds) || hash_keys(keys, 0, &others))
        return -1;
    for (size_t i = 0; i < hashes->count; i++)
        table_put(&keys->known, keys->keys.items[i], hashes->items[i] != others.items[i]);
    places_clear(&others);
    return 0;
}

/* Changes the seed back, and compares. */
static int try_back(struct survey_keys *keys, const struct places *hashes, const _Py_HashSecret_t *secret) {
    struct places again = {0};
    survey_collect(keys);
    if (change(keys, secret, &written.rounds) || hash_keys(keys, 0, &again))
        return -1;
    bool is_same = !memcmp(hashes->items, again.items, hashes->count * sizeof *hashes->items);
    places_clear(&again);
    /* The last round only saw that nothing changed. */
    if (written.rounds > 1)
        written.rounds--;
    return is_same ? 0 : fail("a key's hash is not the same each time");
}

static int try_out(struct survey_keys *keys) {
    _Py_HashSecret_t secret = _Py_HashSecret;
    struct places hashes = {0};
    survey_collect(keys);
    if (hash_keys(keys, 0, &hashes) || try_other(keys, &hashes) || try_back(keys, &hashes, &secret))
        return -1;
    places_clear(&hashes);
    return 0;
}

/* Writes down what an instance changes: 0, or -1 with an exception. No Python code may run after that. */
int onramp_hashes_write(void) {
    struct survey_keys keys = {0};
    /* New interpreters come first. */
    if (PyInterpreterState_Head() != PyInterpreterState_Main())
        return fail("there is a second interpreter");
    if (survey_is_in_set())
        return fail("an iterator stands in the midst of a set");
    remembered_end();
    if (objects_learn_types() || survey_widen_interned() || try_out(&keys))
        return -1;
    for (size_t i = 0; i < keys.keys.count; i++)
        Py_DECREF((PyObject *)keys.keys.items[i]);
    survey_fill(&written, &keys);
    is_written = true;
    places_clear(&keys.keys);
    table_clear(&keys.known);
    blocks_end();
    objects_forget_types();
    return 0;
}

/* Gives this instance hashes of its own: 0, or -1 with an exception. */
int onramp_hashes_renew(void) {
    _Py_HashSecret_t secret;
    if (!is_written)
        return 0;
    if (_PyOS_URandom(&secret, sizeof secret))
        return -1;
    return renew(&written, &secret) < 0 ? -1 : 0;
}
