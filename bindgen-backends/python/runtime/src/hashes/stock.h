/* Blocks of one size that lie beside each other. Objects that an instance changes have few sizes, so it touches fewer pages than if
   they lay among everything else. Each block is an ordinary one of `malloc`, and may be freed as such later. */
#ifndef ONRAMP_STOCK_H
#define ONRAMP_STOCK_H

#include <stddef.h>

/* Sizes are counted in steps. */
enum { STOCK_STEP = 8, STOCK_STEPS = 64 };

/* What is not handed out of each size, one block behind the other. */
struct stock {
    void *ready[STOCK_STEPS];
};

/* How many steps a block has that is taken from stock, or 0: it is too large. */
size_t stock_steps(size_t size);

/* A block, or null. */
void *stock_take(struct stock *stock, size_t steps);

/* Puts a block back. */
void stock_give(struct stock *stock, size_t steps, void *block);

/* Frees what is there. */
void stock_clear(struct stock *stock);

#endif
