#include "stock.h"

#include <stdlib.h>

/* How much memory is fetched at once. */
enum { BATCH = 16384 };

size_t stock_steps(size_t size) {
    size_t steps = (size + STOCK_STEP - 1) / STOCK_STEP;
    return steps < STOCK_STEPS ? steps : 0;
}

static void fetch(struct stock *stock, size_t steps) {
    for (size_t fetched = 0; fetched < BATCH; fetched += steps * STOCK_STEP) {
        void *block = malloc(steps * STOCK_STEP);
        if (!block)
            return;
        stock_give(stock, steps, block);
    }
}

void *stock_take(struct stock *stock, size_t steps) {
    if (!stock->ready[steps])
        fetch(stock, steps);
    void **block = stock->ready[steps];
    if (block)
        stock->ready[steps] = *block;
    return block;
}

void stock_give(struct stock *stock, size_t steps, void *block) {
    *(void **)block = stock->ready[steps];
    stock->ready[steps] = block;
}

void stock_clear(struct stock *stock) {
    for (size_t steps = 0; steps < STOCK_STEPS; steps++)
        while (stock->ready[steps]) {
            void **block = stock->ready[steps];
            stock->ready[steps] = *block;
            free(block);
        }
}
