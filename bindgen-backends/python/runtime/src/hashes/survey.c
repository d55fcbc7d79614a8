#include "survey.h"

#include <stdbool.h>

#include <pycore_dict.h>
#include <pycore_global_objects.h>
#include <pycore_runtime.h>
#include <pycore_setobject.h>

#include "objects.h"
#include "private.h"

static struct renewal *renewal;
static struct survey_keys *keys;
/* Key tables that were visited, and strings that are keys. */
static struct table visited, needed;

static bool is_text(PyObject *key) {
    return PyUnicode_CheckExact(key) || PyBytes_CheckExact(key);
}

/* Whether objects of a type are known by their address or their number. */
static bool is_constant(PyTypeObject *type) {
    return type->tp_hash == PyBaseObject_Type.tp_hash || type->tp_hash == PyLong_Type.tp_hash ||
           type->tp_hash == PyFloat_Type.tp_hash;
}

static bool depends(PyObject *key) {
    struct table_entry *known = table_get(&keys->known, (uintptr_t)key);
    return known && known->value;
}

/* Whether a hash can be worked out as soon as strings have theirs. */
static bool is_early(PyObject *key) {
    hashfunc hash = Py_TYPE(key)->tp_hash;
    if (hash == PyTuple_Type.tp_hash) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(key); i++)
            if (!is_early(PyTuple_GET_ITEM(key, i)))
                return false;
        return true;
    }
    if (hash == _PyWeakref_RefType.tp_hash)
        return is_early(((PyWeakReference *)key)->wr_object);
    return hash == PyUnicode_Type.tp_hash || hash == PyBytes_Type.tp_hash || is_constant(Py_TYPE(key));
}

/* Calls a function for every key of a table, with the place of its hash or null. */
static void visit_keys(PyDictKeysObject *table, void (*visit)(PyObject *key, Py_hash_t *hash)) {
    for (Py_ssize_t index = 0; index < table->dk_nentries; index++) {
        if (DK_IS_UNICODE(table)) {
            if (DK_UNICODE_ENTRIES(table)[index].me_key)
                visit(DK_UNICODE_ENTRIES(table)[index].me_key, NULL);
        } else if (DK_ENTRIES(table)[index].me_key) {
            visit(DK_ENTRIES(table)[index].me_key, &DK_ENTRIES(table)[index].me_hash);
        }
    }
}

static void visit_members(PySetObject *set, void (*visit)(PyObject *key, Py_hash_t *hash)) {
    for (Py_ssize_t at = 0; at <= set->mask; at++)
        if (set->table[at].key && set->table[at].key != _PySet_Dummy)
            visit(set->table[at].key, &set->table[at].hash);
}

static PyObject *interned(void) {
    return _Py_INTERP_CACHED_OBJECT(PyInterpreterState_Get(), interned_strings);
}

/* The first pass: which keys are there? */

static void collect_key(PyObject *key, Py_hash_t *hash) {
    if (is_text(key) || is_constant(Py_TYPE(key)) || table_get(&keys->known, (uintptr_t)key))
        return;
    places_add(&keys->keys, (uintptr_t)Py_NewRef(key));
    table_put(&keys->known, (uintptr_t)key, 1);
}

static bool is_first(PyDictKeysObject *table) {
    if (!table || !table->dk_nentries || table_get(&visited, (uintptr_t)table))
        return false;
    table_put(&visited, (uintptr_t)table, 0);
    return true;
}

static bool is_living(PyWeakReference *reference) {
    return reference->hash != -1 && reference->wr_object != Py_None && Py_REFCNT(reference->wr_object) > 0;
}

static void collect(PyObject *object, enum kind kind) {
    switch (kind) {
    case DICTIONARY:
    case ORDERED:
        if (is_first(((PyDictObject *)object)->ma_keys))
            visit_keys(((PyDictObject *)object)->ma_keys, collect_key);
        break;
    case SET:
        visit_members((PySetObject *)object, collect_key);
        break;
    case LINK:
        collect_key(((struct link *)object)->key, NULL);
        break;
    case REFERENCE:
        if (is_living((PyWeakReference *)object))
            collect_key(((PyWeakReference *)object)->wr_object, NULL);
        break;
    default:
        break;
    }
}

void survey_collect(struct survey_keys *all) {
    keys = all;
    objects_visit(collect);
    table_clear(&visited);
}

/* The second pass: where are the hashes? */

/* What is seen of the keys of one table or set. */
static struct {
    bool text, stages[STAGES];
} seen;

static void look_at(PyObject *key, Py_hash_t *hash) {
    if (PyUnicode_CheckExact(key))
        table_put(&needed, (uintptr_t)key, 0);
    if (is_text(key))
        seen.text = true;
    else if (depends(key))
        seen.stages[is_early(key) ? EARLY : LATE] = true;
}

static void add_slot(PyObject *key, Py_hash_t *hash) {
    if (!hash || !(PyUnicode_CheckExact(key) || PyBytes_CheckExact(key) || depends(key)))
        return;
    slots *slots = &renewal->slots[is_early(key) ? EARLY : LATE];
    places_add(slots, (uintptr_t)hash);
    places_add(slots, (uintptr_t)key);
}

static void look_again(PyObject *key, Py_hash_t *hash) {
    if (!is_text(key))
        add_slot(key, hash);
}

static void fill_table(PyDictKeysObject *table) {
    if (!is_first(table) || table == renewal->interned)
        return;
    memset(&seen, 0, sizeof seen);
    visit_keys(table, look_at);
    visit_keys(table, look_again);
    if (seen.text || seen.stages[EARLY])
        places_add(&renewal->tables[EARLY], (uintptr_t)table);
    if (seen.stages[LATE])
        places_add(&renewal->tables[LATE], (uintptr_t)table);
}

static void fill_set(PySetObject *set) {
    memset(&seen, 0, sizeof seen);
    visit_members(set, look_at);
    if (seen.stages[LATE])
        places_add(&renewal->sets[LATE], (uintptr_t)set);
    else if (seen.text || seen.stages[EARLY])
        places_add(&renewal->sets[EARLY], (uintptr_t)set);
}

/* The nodes of an ordered dictionary have the hashes of its keys once more. */
static void fill_nodes(struct ordered *ordered) {
    for (struct ordered_node *node = ordered->first; node; node = node->after)
        add_slot(node->key, &node->hash);
}

static void fill_reference(PyWeakReference *reference) {
    PyObject *object = reference->wr_object;
    if (is_living(reference) && (is_text(object) || depends(object)))
        places_add(&renewal->references[is_early(object) ? EARLY : LATE], (uintptr_t)reference);
}

static void fill_forgotten(Py_hash_t *hash) {
    if (*hash != -1)
        places_add(&renewal->forgotten, (uintptr_t)hash);
}

/* A view that was released keeps its hash: it is equal to itself only. */
static void fill_view(PyMemoryViewObject *view) {
    bool is_released = view->flags & _Py_MEMORYVIEW_RELEASED || view->mbuf->flags & _Py_MANAGED_BUFFER_RELEASED;
    if (!is_released)
        fill_forgotten(&view->hash);
}

static void fill(PyObject *object, enum kind kind) {
    switch (kind) {
    case STRING:
        places_add(&renewal->strings, (uintptr_t)object);
        break;
    case BYTES:
        fill_forgotten(&((PyBytesObject *)object)->ob_shash);
        break;
    case VIEW:
        fill_view((PyMemoryViewObject *)object);
        break;
    case DATE:
        fill_forgotten(&((struct date *)object)->hash);
        break;
    case PATH:
        if (*objects_path_hash(object))
            places_add(&renewal->dropped, (uintptr_t)objects_path_hash(object));
        break;
    case ORDERED:
        fill_nodes((struct ordered *)object);
        /* fall through */
    case DICTIONARY:
        fill_table(((PyDictObject *)object)->ma_keys);
        break;
    case SET:
        if (PyFrozenSet_Check(object))
            fill_forgotten(&((PySetObject *)object)->hash);
        fill_set((PySetObject *)object);
        break;
    case LINK:
        add_slot(((struct link *)object)->key, &((struct link *)object)->hash);
        break;
    case REFERENCE:
        fill_reference((PyWeakReference *)object);
        break;
    case NOTHING:
    case SET_ITERATOR:
        break;
    }
}

/* Types whose instances share their keys, although no instance has a dictionary. */
static void fill_type(PyTypeObject *type) {
    fill_table(((PyHeapTypeObject *)type)->ht_cached_keys);
}

/* Strings of one character and none are CPython's own data, like all that `renew` finds in its table; so are such bytes. */
static void fill_static(void) {
    for (int character = 0; character < 256; character++)
        fill_forgotten(&_Py_SINGLETON(bytes_characters)[character].ob.ob_shash);
}

/* Leaves the strings that are keys. */
static void forget_others(struct places *strings) {
    size_t kept = 0;
    for (size_t i = 0; i < strings->count; i++) {
        PyASCIIObject *string = (PyASCIIObject *)strings->items[i];
        if (table_get(&needed, (uintptr_t)string))
            strings->items[kept++] = (uintptr_t)string;
        else
            string->hash = -1;
    }
    strings->count = kept;
}

void survey_fill(struct renewal *filled, const struct survey_keys *all) {
    renewal = filled;
    keys = (struct survey_keys *)all;
    renewal->interned = ((PyDictObject *)interned())->ma_keys;
    objects_visit(fill);
    objects_visit_heap_types(fill_type);
    fill_static();
    forget_others(&renewal->strings);
    table_clear(&visited);
    table_clear(&needed);
    /* Neighbours in memory are changed one after the other. */
    places_sort(&renewal->strings);
    places_sort(&renewal->tables[EARLY]);
    places_sort(&renewal->sets[EARLY]);
}

/* Smaller questions. */

int survey_widen_interned(void) {
    PyObject *number = PyLong_FromLong(0);
    int result = !number || PyDict_SetItem(interned(), number, Py_None) || PyDict_DelItem(interned(), number) ? -1 : 0;
    Py_XDECREF(number);
    return result;
}

static int in_set;

static void look_at_iterator(PyObject *object, enum kind kind) {
    struct set_iterator *iterator = (struct set_iterator *)object;
    if (kind == SET_ITERATOR && iterator->set && iterator->position)
        in_set = 1;
}

int survey_is_in_set(void) {
    in_set = 0;
    objects_visit(look_at_iterator);
    return in_set;
}

static void collect_path(PyObject *object, enum kind kind) {
    if (kind == PATH && *objects_path_hash(object))
        places_add(&renewal->dropped, (uintptr_t)objects_path_hash(object));
}

void survey_drop_paths(void) {
    struct renewal paths = {0};
    renewal = &paths;
    objects_visit(collect_path);
    for (size_t i = 0; i < paths.dropped.count; i++)
        Py_CLEAR(*(PyObject **)paths.dropped.items[i]);
    places_clear(&paths.dropped);
}
