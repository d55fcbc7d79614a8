#include "objects.h"

#include <stdbool.h>

#include <pycore_object.h>
#include <pycore_typeobject.h>

#include "blocks.h"

/* Every type, with its kind. */
static struct table types;

/* What is looked for by name, where its module was imported. */
static struct {
    PyTypeObject *dates[3], *path;
    Py_ssize_t path_hash;
} named;

/* Borrowed, or null: what a module that was imported has under a name. */
static PyObject *found(const char *module, const char *name) {
    PyObject *modules = PyImport_GetModuleDict();
    PyObject *there = PyDict_GetItemString(modules, module);
    PyObject *value = there ? PyObject_GetAttrString(there, name) : NULL;
    PyErr_Clear();
    Py_XDECREF(value);
    return value;
}

static PyTypeObject *found_type(const char *module, const char *name) {
    PyObject *type = found(module, name);
    return type && PyType_Check(type) ? (PyTypeObject *)type : NULL;
}

static void learn_named(void) {
    named.dates[0] = found_type("_datetime", "date");
    named.dates[1] = found_type("_datetime", "time");
    named.dates[2] = found_type("_datetime", "datetime");
    named.path = found_type("pathlib", "PurePath");
    PyObject *hash = named.path ? PyDict_GetItemString(named.path->tp_dict, "_hash") : NULL;
    if (hash && Py_IS_TYPE(hash, &PyMemberDescr_Type))
        named.path_hash = ((PyMemberDescrObject *)hash)->d_member->offset;
    else
        named.path = NULL;
}

static bool is_date(PyTypeObject *type) {
    for (int i = 0; i < 3; i++)
        if (named.dates[i] && PyType_IsSubtype(type, named.dates[i]))
            return true;
    return false;
}

static enum kind kind_of(PyTypeObject *type) {
    if (PyType_HasFeature(type, Py_TPFLAGS_UNICODE_SUBCLASS))
        return STRING;
    if (PyType_HasFeature(type, Py_TPFLAGS_BYTES_SUBCLASS))
        return BYTES;
    if (PyType_HasFeature(type, Py_TPFLAGS_DICT_SUBCLASS))
        return PyType_IsSubtype(type, &PyODict_Type) ? ORDERED : DICTIONARY;
    if (PyType_IsSubtype(type, &PySet_Type) || PyType_IsSubtype(type, &PyFrozenSet_Type))
        return SET;
    if (PyType_IsSubtype(type, &_PyWeakref_RefType))
        return REFERENCE;
    if (type == &PyMemoryView_Type)
        return VIEW;
    if (type == &PySetIter_Type)
        return SET_ITERATOR;
    if (is_date(type))
        return DATE;
    if (named.path && PyType_IsSubtype(type, named.path))
        return PATH;
    return strcmp(type->tp_name, "functools._lru_list_elem") ? NOTHING : LINK;
}

static int learn(PyTypeObject *type) {
    if (table_get(&types, (uintptr_t)type))
        return 0;
    table_put(&types, (uintptr_t)type, kind_of(type));
    PyObject *subclasses = _PyType_GetSubclasses(type);
    if (!subclasses)
        return -1;
    int result = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(subclasses) && !result; i++)
        result = learn((PyTypeObject *)PyList_GET_ITEM(subclasses, i));
    Py_DECREF(subclasses);
    return result;
}

int objects_learn_types(void) {
    objects_forget_types();
    learn_named();
    return learn(&PyBaseObject_Type);
}

/* In front of an object are the collector's links, and in front of those an instance's dictionary and its weak references,
   each if its type says so. */
static PyObject *object_in(uintptr_t block, enum kind *kind) {
    for (size_t before = 0; before <= 2 * sizeof(PyGC_Head); before += sizeof(PyGC_Head)) {
        PyObject *object = (PyObject *)(block + before);
        struct table_entry *type = table_get(&types, (uintptr_t)object->ob_type);
        if (!type || _PyType_PreHeaderSize(object->ob_type) != before || Py_REFCNT(object) == 0)
            continue;
        *kind = type->value;
        return object;
    }
    return NULL;
}

void objects_visit(void (*visit)(PyObject *object, enum kind kind)) {
    TABLE_FOREACH(blocks(), block) {
        enum kind kind;
        PyObject *object = object_in(block->key, &kind);
        if (object)
            visit(object, kind);
    }
}

void objects_visit_heap_types(void (*visit)(PyTypeObject *type)) {
    TABLE_FOREACH(&types, type)
        if (PyType_HasFeature((PyTypeObject *)type->key, Py_TPFLAGS_HEAPTYPE))
            visit((PyTypeObject *)type->key);
}

PyObject **objects_path_hash(PyObject *path) {
    return (PyObject **)((char *)path + named.path_hash);
}

void objects_forget_types(void) {
    table_clear(&types);
}
