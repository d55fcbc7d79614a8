/* Finds what has to change when the seed of hashes does. */
#ifndef ONRAMP_SURVEY_H
#define ONRAMP_SURVEY_H

#include "renewal.h"

/* Objects beside which a hash is kept, and that are neither strings nor bytes, nor known by their address or their number. Whether
   their hash depends on the seed is not known of them as they lie. */
struct survey_keys {
    /* `PyObject *`, each once. Each is owned. */
    struct places keys;
    /* 1 for a key whose hash depends on the seed, or may. */
    struct table known;
};

/* Adds the keys that are not known yet, and calls them dependent. */
void survey_collect(struct survey_keys *keys);

/* Fills a renewal for all keys that depend on the seed. Strings that are no keys lose their hashes. */
void survey_fill(struct renewal *renewal, const struct survey_keys *keys);

/* Has the dictionary of interned strings keep their hashes, by a key that is no string for a moment: 0, or -1 with an exception. */
int survey_widen_interned(void);

/* Whether an iterator stands in the midst of a set. */
int survey_is_in_set(void);

/* Clears what paths remember. */
void survey_drop_paths(void);

#endif
