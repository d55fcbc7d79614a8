/* The blocks of memory in which CPython has its objects, those that the garbage collector does not know included. */
#ifndef ONRAMP_BLOCKS_H
#define ONRAMP_BLOCKS_H

#include "places.h"

/* Begins to keep account. CPython must not be initialized yet. */
void blocks_begin(void);

/* The blocks that there are. The account is right as long as it is kept. */
const struct table *blocks(void);

/* Ends the account and forgets it. */
void blocks_end(void);

#endif
