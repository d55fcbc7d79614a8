#include "remembered.h"

#include <stdbool.h>

#include "callers.h"
#include "places.h"

/* The functions, where CPython looks for them when it calls them, and what stood there. */
static PyMethodDef *builtin;
static PyCFunction builtin_before;
static struct wrapperbase *method;
static wrapperfunc method_before;

/* `PyObject *`, owned: an object that only this has is one that nobody kept. */
static struct places numbers;

/* Whether the hash is the same for every seed. */
static bool is_constant(PyObject *object) {
    if (PyTuple_CheckExact(object)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(object); i++)
            if (!is_constant(PyTuple_GET_ITEM(object, i)))
                return false;
        return true;
    }
    hashfunc hash = Py_TYPE(object)->tp_hash;
    return object == Py_None || hash == PyBaseObject_Type.tp_hash || hash == PyLong_Type.tp_hash ||
           hash == PyFloat_Type.tp_hash;
}

/* Gives back what nobody else has. */
static void sift(void) {
    size_t kept = 0;
    for (size_t i = 0; i < numbers.count; i++) {
        PyObject *number = (PyObject *)numbers.items[i];
        if (Py_REFCNT(number) > 1)
            numbers.items[kept++] = numbers.items[i];
        else
            Py_DECREF(number);
    }
    numbers.count = kept;
}

static PyObject *noted(PyObject *object, PyObject *number) {
    if (!number || !PyLong_CheckExact(number) || _Py_IsImmortal(number) || is_constant(object))
        return number;
    if (numbers.count >= 1024 && numbers.count == numbers.room)
        sift();
    places_add(&numbers, (uintptr_t)Py_NewRef(number));
    callers_note();
    return number;
}

static PyObject *call_builtin(PyObject *module, PyObject *object) {
    return noted(object, builtin_before(module, object));
}

static PyObject *call_method(PyObject *object, PyObject *arguments, void *wrapped) {
    return noted(object, method_before(object, arguments, wrapped));
}

int remembered_begin(void) {
    PyObject *builtins = PyEval_GetBuiltins();
    PyObject *function = builtins ? PyDict_GetItemString(builtins, "hash") : NULL;
    PyObject *wrapper = PyObject_GetAttrString((PyObject *)&PyUnicode_Type, "__hash__");
    bool is_known = function && PyCFunction_Check(function) && wrapper && Py_IS_TYPE(wrapper, &PyWrapperDescr_Type);
    if (is_known) {
        builtin = ((PyCFunctionObject *)function)->m_ml;
        builtin_before = builtin->ml_meth;
        builtin->ml_meth = call_builtin;
        method = ((PyWrapperDescrObject *)wrapper)->d_base;
        method_before = method->wrapper;
        method->wrapper = call_method;
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_RuntimeError, "`hash` is not CPython's");
    }
    Py_XDECREF(wrapper);
    return is_known ? 0 : -1;
}

PyObject *remembered(void) {
    sift();
    PyObject *list = PyList_New(0);
    for (size_t i = 0; i < numbers.count && list; i++)
        if (PyList_Append(list, (PyObject *)numbers.items[i]))
            Py_CLEAR(list);
    return list;
}

PyObject *remembered_callers(void) {
    return callers_suspicious();
}

void remembered_end(void) {
    builtin->ml_meth = builtin_before;
    method->wrapper = method_before;
    for (size_t i = 0; i < numbers.count; i++)
        Py_DECREF((PyObject *)numbers.items[i]);
    places_clear(&numbers);
    callers_end();
}
