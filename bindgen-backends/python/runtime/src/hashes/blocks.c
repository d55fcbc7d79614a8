#include "blocks.h"

#include <Python.h>

#include "stock.h"

/* Where a block is from: its stock, and its size in steps; 0: from no stock. */
enum stocks { OTHERS, STRINGS, TABLES, STOCKS };
static struct stock stocks[STOCKS];
#define FROM(stock, steps) ((intptr_t)((stock) * STOCK_STEPS + (steps)))

/* A domain of CPython's memory, its allocator as it was, and its blocks. */
struct domain {
    PyMemAllocatorDomain which;
    enum stocks stock;
    PyMemAllocatorEx before;
    struct table known;
};
static struct domain objects = {PYMEM_DOMAIN_OBJ, OTHERS};
static struct domain rest = {PYMEM_DOMAIN_MEM, TABLES};

/* How many functions that make strings are under way. */
static int making_strings;

static void *take(void *context, size_t size) {
    struct domain *domain = context;
    enum stocks stock = domain == &objects && making_strings ? STRINGS : domain->stock;
    size_t steps = stock_steps(size ? size : 1);
    void *block = steps ? stock_take(&stocks[stock], steps) : domain->before.malloc(domain->before.ctx, size);
    if (block)
        table_put(&domain->known, (uintptr_t)block, steps ? FROM(stock, steps) : 0);
    return block;
}

static void *take_zeros(void *context, size_t count, size_t size) {
    if (size && count > PY_SSIZE_T_MAX / size)
        return NULL;
    void *block = take(context, count * size);
    return block ? memset(block, 0, count * size) : NULL;
}

static void give(void *context, void *block) {
    struct domain *domain = context;
    struct table_entry *entry = block ? table_get(&domain->known, (uintptr_t)block) : NULL;
    intptr_t from = entry ? entry->value : 0;
    if (entry)
        table_remove(&domain->known, (uintptr_t)block);
    if (from)
        stock_give(&stocks[from / STOCK_STEPS], from % STOCK_STEPS, block);
    else
        domain->before.free(domain->before.ctx, block);
}

/* A block from a stock moves to where others of its new size are. */
static void *change_stocked(struct domain *domain, void *block, size_t room, size_t size) {
    if (size <= room && stock_steps(size) == stock_steps(room))
        return block;
    void *changed = take(domain, size);
    if (changed) {
        memcpy(changed, block, size < room ? size : room);
        give(domain, block);
    }
    return changed;
}

static void *change(void *context, void *block, size_t size) {
    struct domain *domain = context;
    struct table_entry *entry = block ? table_get(&domain->known, (uintptr_t)block) : NULL;
    if (!block)
        return take(context, size);
    if (entry && entry->value)
        return change_stocked(domain, block, entry->value % STOCK_STEPS * STOCK_STEP, size);
    void *changed = domain->before.realloc(domain->before.ctx, block, size);
    if (changed && entry) {
        table_remove(&domain->known, (uintptr_t)block);
        table_put(&domain->known, (uintptr_t)changed, 0);
    }
    return changed;
}

static void begin(struct domain *domain) {
    PyMem_GetAllocator(domain->which, &domain->before);
    PyMemAllocatorEx counted = {domain, take, take_zeros, change, give};
    PyMem_SetAllocator(domain->which, &counted);
}

void blocks_begin(void) {
    begin(&objects);
    begin(&rest);
}

const struct table *blocks(void) {
    return &objects.known;
}

static void end(struct domain *domain) {
    PyMem_SetAllocator(domain->which, &domain->before);
    table_clear(&domain->known);
}

void blocks_end(void) {
    end(&objects);
    end(&rest);
    for (int stock = 0; stock < STOCKS; stock++)
        stock_clear(&stocks[stock]);
}

/* The linker has calls of these functions come here (`--wrap`). They make nearly all strings that code has in it. */

PyObject *__real_PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size);
PyObject *__wrap_PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size) {
    making_strings++;
    PyObject *string = __real_PyUnicode_FromKindAndData(kind, buffer, size);
    making_strings--;
    return string;
}

PyObject *__real_PyUnicode_InternFromString(const char *text);
PyObject *__wrap_PyUnicode_InternFromString(const char *text) {
    making_strings++;
    PyObject *string = __real_PyUnicode_InternFromString(text);
    making_strings--;
    return string;
}
