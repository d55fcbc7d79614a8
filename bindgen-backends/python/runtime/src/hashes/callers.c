#include "callers.h"

#include <stdbool.h>
#include <string.h>

#include <opcode.h>

#include "places.h"

/* `PyObject *` of code, owned, each once. */
static struct places noted;
static struct table known;

void callers_note(void) {
    PyFrameObject *frame = PyEval_GetFrame();
    if (!frame)
        return;
    PyObject *code = (PyObject *)PyFrame_GetCode(frame);
    if (table_get(&known, (uintptr_t)code)) {
        Py_DECREF(code);
        return;
    }
    table_put(&known, (uintptr_t)code, 0);
    places_add(&noted, (uintptr_t)code);
}

static bool is_one_of(PyObject *text, const char *const *names) {
    for (; *names; names++)
        if (!PyUnicode_CompareWithASCIIString(text, *names))
            return true;
    return false;
}

static bool stores(int operation) {
    return operation == STORE_ATTR || operation == STORE_SUBSCR || operation == STORE_SLICE ||
           operation == STORE_GLOBAL || operation == STORE_DEREF;
}

/* Whether code keeps something beyond its own run, or calls what does: 1, 0, or -1 with an exception. */
static int keeps(PyCodeObject *code) {
    static const char *const KEEP[] = {"setattr", "__setattr__", "__dict__", "setdefault", "update", "append", "add", NULL};
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_names); i++)
        if (is_one_of(PyTuple_GET_ITEM(code->co_names, i), KEEP))
            return 1;
    PyObject *bytes = PyCode_GetCode(code);
    if (!bytes)
        return -1;
    int result = 0;
    for (Py_ssize_t at = 0; at < PyBytes_GET_SIZE(bytes); at += 2)
        result |= stores((unsigned char)PyBytes_AS_STRING(bytes)[at]);
    Py_DECREF(bytes);
    return result;
}

/* Paths keep their hash, and forget it (`survey_drop_paths`). */
static bool is_of_paths(PyCodeObject *code) {
    static const char *const PATHS[] = {"<frozen pathlib>", "<frozen pathlib._local>", NULL};
    return is_one_of(code->co_filename, PATHS);
}

/* The standard library's lambdas hash for a `__hash__`; an app's may choose a bucket by it. */
static bool hashes_for_python(PyCodeObject *code) {
    static const char *const HASH[] = {"__hash__", NULL}, *const LAMBDA[] = {"<lambda>", NULL};
    const char *file = PyUnicode_AsUTF8(code->co_filename);
    if (!file)
        PyErr_Clear();
    return is_one_of(code->co_name, HASH) ||
           (is_one_of(code->co_name, LAMBDA) && file && !strncmp(file, "<frozen ", 8));
}

static int is_suspicious(PyCodeObject *code) {
    if (is_of_paths(code))
        return 0;
    return hashes_for_python(code) ? keeps(code) : 1;
}

PyObject *callers_suspicious(void) {
    PyObject *list = PyList_New(0);
    for (size_t i = 0; i < noted.count && list; i++) {
        PyObject *code = (PyObject *)noted.items[i];
        int suspicious = is_suspicious((PyCodeObject *)code);
        if (suspicious < 0 || (suspicious && PyList_Append(list, code)))
            Py_CLEAR(list);
    }
    return list;
}

void callers_end(void) {
    for (size_t i = 0; i < noted.count; i++)
        Py_DECREF((PyObject *)noted.items[i]);
    places_clear(&noted);
    table_clear(&known);
}
