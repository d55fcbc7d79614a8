#include "renewal.h"

#include <pycore_dict.h>
#include <pycore_hashtable.h>
#include <pycore_runtime.h>
#include <pycore_setobject.h>

/* CPython's own: Objects/dictobject.c, Objects/setobject.c. */
#define PERTURB_SHIFT 5
#define LINEAR_PROBES 9

static Py_hash_t hash_of(PyObject *string) {
    return _Py_HashBytes(PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string) * PyUnicode_KIND(string));
}

static void renew_string(PyObject *string) {
    ((PyASCIIObject *)string)->hash = hash_of(string);
}

/* A table of CPython's own, in C. The strings of CPython itself are the keys of one. */
static void renew_hashtable(_Py_hashtable_t *table) {
    _Py_slist_item_t *all = NULL;
    for (size_t bucket = 0; bucket < table->nbuckets; bucket++) {
        _Py_slist_item_t *item = table->buckets[bucket].head;
        table->buckets[bucket].head = NULL;
        while (item) {
            _Py_slist_item_t *next = item->next;
            item->next = all;
            all = item;
            item = next;
        }
    }
    while (all) {
        _Py_hashtable_entry_t *entry = (_Py_hashtable_entry_t *)all;
        all = all->next;
        entry->key_hash = table->hash_func(entry->key);
        _Py_slist_t *bucket = &table->buckets[entry->key_hash & (table->nbuckets - 1)];
        entry->_Py_slist_item.next = bucket->head;
        bucket->head = &entry->_Py_slist_item;
    }
}

static int forget_string(_Py_hashtable_t *table, const void *key, const void *value, void *data) {
    ((PyASCIIObject *)key)->hash = -1;
    return 0;
}

static void renew_static(void) {
    _Py_hashtable_t *interned = _PyRuntime.cached_objects.interned_strings;
    _Py_hashtable_foreach(interned, forget_string, NULL);
    renew_hashtable(interned);
    if (_PyRuntime.imports.extensions.hashtable)
        renew_hashtable(_PyRuntime.imports.extensions.hashtable);
}

/* Writes an entry's index into the first free place for its hash. */
#define PUT_INDEX(TYPE, keys, hash, index)                                     \
    do {                                                                       \
        TYPE *places = (TYPE *)(keys)->dk_indices;                             \
        size_t mask = DK_SIZE(keys) - 1, perturb = (hash), at = perturb & mask; \
        while (places[at] != DKIX_EMPTY) {                                     \
            perturb >>= PERTURB_SHIFT;                                         \
            at = mask & (at * 5 + perturb + 1);                                \
        }                                                                      \
        places[at] = (TYPE)(index);                                            \
    } while (0)

static void put_index(PyDictKeysObject *keys, Py_hash_t hash, Py_ssize_t index) {
    if (DK_LOG_SIZE(keys) < 8)
        PUT_INDEX(int8_t, keys, hash, index);
    else if (DK_LOG_SIZE(keys) < 16)
        PUT_INDEX(int16_t, keys, hash, index);
    else
        PUT_INDEX(int32_t, keys, hash, index);
}

/* Entries stay where they are, so the order of a dictionary stays, and so do the places that compiled code remembers. */
static void renew_table(PyDictKeysObject *keys) {
    memset(keys->dk_indices, 0xff, (size_t)1 << keys->dk_log2_index_bytes);
    if (DK_IS_UNICODE(keys)) {
        PyDictUnicodeEntry *entries = DK_UNICODE_ENTRIES(keys);
        for (Py_ssize_t index = 0; index < keys->dk_nentries; index++)
            if (entries[index].me_key)
                put_index(keys, ((PyASCIIObject *)entries[index].me_key)->hash, index);
        return;
    }
    PyDictKeyEntry *entries = DK_ENTRIES(keys);
    for (Py_ssize_t index = 0; index < keys->dk_nentries; index++) {
        PyObject *key = entries[index].me_key;
        if (!key)
            continue;
        if (PyUnicode_CheckExact(key) || PyBytes_CheckExact(key))
            entries[index].me_hash = PyObject_Hash(key);
        put_index(keys, entries[index].me_hash, index);
    }
}

/* A string that is not written to costs no page of memory. */
static void renew_interned(PyDictKeysObject *keys) {
    PyDictKeyEntry *entries = DK_ENTRIES(keys);
    memset(keys->dk_indices, 0xff, (size_t)1 << keys->dk_log2_index_bytes);
    for (Py_ssize_t index = 0; index < keys->dk_nentries; index++) {
        PyASCIIObject *key = (PyASCIIObject *)entries[index].me_key;
        if (!key)
            continue;
        entries[index].me_hash = key->hash == -1 ? hash_of((PyObject *)key) : key->hash;
        put_index(keys, entries[index].me_hash, index);
    }
}

static void put_entry(PySetObject *set, setentry entry) {
    size_t mask = set->mask, perturb = entry.hash, at = perturb & mask;
    for (;;) {
        size_t last = at + LINEAR_PROBES <= mask ? at + LINEAR_PROBES : at;
        for (size_t place = at; place <= last; place++)
            if (!set->table[place].key) {
                set->table[place] = entry;
                return;
            }
        perturb >>= PERTURB_SHIFT;
        at = (at * 5 + 1 + perturb) & mask;
    }
}

/* Writes the new hashes into a copy of a set's entries, and says whether one changed: 1, 0, or -1 with an exception. */
static int renew_entries(setentry *entries, size_t count) {
    int changed = 0;
    for (size_t at = 0; at < count; at++) {
        PyObject *key = entries[at].key;
        if (!key || key == _PySet_Dummy)
            continue;
        Py_hash_t hash = PyObject_Hash(key);
        if (hash == -1)
            return -1;
        changed |= hash != entries[at].hash;
        entries[at].hash = hash;
    }
    return changed;
}

static int renew_set(PySetObject *set) {
    size_t count = (size_t)set->mask + 1, size = count * sizeof(setentry);
    setentry *entries = PyMem_RawMalloc(size);
    if (!entries) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(entries, set->table, size);
    int changed = renew_entries(entries, count);
    if (changed == 1) {
        memset(set->table, 0, size);
        set->fill = set->used;
        for (size_t at = 0; at < count; at++)
            if (entries[at].key && entries[at].key != _PySet_Dummy)
                put_entry(set, entries[at]);
    }
    PyMem_RawFree(entries);
    return changed;
}

static int renew_references(const struct places *references) {
    for (size_t i = 0; i < references->count; i++)
        ((PyWeakReference *)references->items[i])->hash = -1;
    for (size_t i = 0; i < references->count; i++)
        if (PyObject_Hash((PyObject *)references->items[i]) == -1)
            return -1;
    return 0;
}

static int work_out(const slots *slots, Py_hash_t *hashes) {
    int changed = 0;
    for (size_t i = 0; i < slots->count / 2; i++) {
        hashes[i] = PyObject_Hash((PyObject *)slots->items[2 * i + 1]);
        if (hashes[i] == -1)
            return -1;
        changed |= hashes[i] != *(Py_hash_t *)slots->items[2 * i];
    }
    return changed;
}

/* All are worked out before the first is written: working one out may look for another. */
static int renew_slots(const slots *slots) {
    Py_hash_t *hashes = PyMem_RawCalloc(slots->count / 2 + 1, sizeof *hashes);
    if (!hashes) {
        PyErr_NoMemory();
        return -1;
    }
    int changed = work_out(slots, hashes);
    if (changed == 1)
        for (size_t i = 0; i < slots->count / 2; i++)
            *(Py_hash_t *)slots->items[2 * i] = hashes[i];
    PyMem_RawFree(hashes);
    return changed;
}

static void forget(const struct renewal *renewal) {
    for (size_t i = 0; i < renewal->forgotten.count; i++)
        *(Py_hash_t *)renewal->forgotten.items[i] = -1;
}

/* Whether a hash changed: 1, 0, or -1 with an exception. */
static int renew_stage(const struct renewal *renewal, int stage) {
    forget(renewal);
    if (renew_references(&renewal->references[stage]))
        return -1;
    int changed = renew_slots(&renewal->slots[stage]);
    if (changed == -1)
        return -1;
    for (size_t i = 0; i < renewal->tables[stage].count; i++)
        renew_table((PyDictKeysObject *)renewal->tables[stage].items[i]);
    for (size_t i = 0; i < renewal->sets[stage].count; i++) {
        int result = renew_set((PySetObject *)renewal->sets[stage].items[i]);
        if (result == -1)
            return -1;
        changed |= result;
    }
    return changed;
}

static int renew_late(const struct renewal *renewal) {
    for (int round = 1; round <= 9; round++) {
        if (renewal->rounds && round > renewal->rounds)
            return renewal->rounds;
        int changed = renew_stage(renewal, LATE);
        if (changed == -1)
            return -1;
        if (!changed && !renewal->rounds)
            return round;
    }
    PyErr_SetString(PyExc_RuntimeError, "hashes of objects depend on each other");
    return -1;
}

int renew(const struct renewal *renewal, const _Py_HashSecret_t *secret) {
    _Py_HashSecret = *secret;
    for (size_t i = 0; i < renewal->dropped.count; i++)
        Py_CLEAR(*(PyObject **)renewal->dropped.items[i]);
    for (size_t i = 0; i < renewal->strings.count; i++)
        renew_string((PyObject *)renewal->strings.items[i]);
    renew_static();
    renew_interned(renewal->interned);
    return renew_stage(renewal, EARLY) == -1 ? -1 : renew_late(renewal);
}

void renewal_clear(struct renewal *renewal) {
    places_clear(&renewal->forgotten);
    places_clear(&renewal->dropped);
    places_clear(&renewal->strings);
    for (int stage = 0; stage < STAGES; stage++) {
        places_clear(&renewal->references[stage]);
        places_clear(&renewal->slots[stage]);
        places_clear(&renewal->tables[stage]);
        places_clear(&renewal->sets[stage]);
    }
    renewal->rounds = 0;
}
