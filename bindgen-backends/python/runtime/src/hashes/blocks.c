#include "blocks.h"

#include <Python.h>

static PyMemAllocatorEx before;
static struct table known;

static void *added(void *block) {
    if (block)
        table_put(&known, (uintptr_t)block, 0);
    return block;
}

static void *take(void *context, size_t size) {
    return added(before.malloc(before.ctx, size));
}

static void *take_zeros(void *context, size_t count, size_t size) {
    return added(before.calloc(before.ctx, count, size));
}

static void *change(void *context, void *block, size_t size) {
    void *changed = before.realloc(before.ctx, block, size);
    if (changed && block && changed != block)
        table_remove(&known, (uintptr_t)block);
    return added(changed);
}

static void give(void *context, void *block) {
    if (block)
        table_remove(&known, (uintptr_t)block);
    before.free(before.ctx, block);
}

void blocks_begin(void) {
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &before);
    PyMemAllocatorEx counted = {NULL, take, take_zeros, change, give};
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &counted);
}

const struct table *blocks(void) {
    return &known;
}

void blocks_end(void) {
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &before);
    table_clear(&known);
}
