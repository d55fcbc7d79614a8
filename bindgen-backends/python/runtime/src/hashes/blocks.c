#include "blocks.h"

#include <Python.h>

static PyMemAllocatorEx before;
static struct table known;

static void *added(void *block) {
    if (block)
        table_put(&known, (uintptr_t)block, 0);
    return block;
}

/* Blocks of one size that lie beside each other. Objects of one type have few sizes, so an instance that changes all strings
   touches fewer pages than if they lay among everything else. */
enum { STEP = 8, SIZES = 10, BATCH = 16384 };

/* What is not handed out yet of each size, one behind the other. */
static void *ready[SIZES];

static void prepare_batch(size_t size, void **first) {
    for (size_t taken = 0; taken < BATCH; taken += size) {
        void **block = before.malloc(before.ctx, size);
        if (!block)
            return;
        *block = *first;
        *first = block;
    }
}

static void *take(void *context, size_t size) {
    size_t steps = (size + STEP - 1) / STEP;
    if (steps < 3 || steps >= SIZES)
        return added(before.malloc(before.ctx, size));
    if (!ready[steps])
        prepare_batch(steps * STEP, &ready[steps]);
    void **block = ready[steps];
    if (block)
        ready[steps] = *block;
    return added(block);
}

static void give_back_ready(void) {
    for (size_t steps = 0; steps < SIZES; steps++)
        while (ready[steps]) {
            void **block = ready[steps];
            ready[steps] = *block;
            before.free(before.ctx, block);
        }
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
    give_back_ready();
    table_clear(&known);
}
