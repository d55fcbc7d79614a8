/* Growing arrays and tables of addresses. They live outside of Python's objects, so looking for objects makes none. */
#ifndef ONRAMP_PLACES_H
#define ONRAMP_PLACES_H

#include <stddef.h>
#include <stdint.h>

/* Addresses, in the order in which they were added. */
struct places {
    uintptr_t *items;
    size_t count, room;
};

void places_add(struct places *places, uintptr_t place);
void places_sort(struct places *places);
void places_clear(struct places *places);

/* A number for each of some addresses, none of which is 0 or 1. */
struct table {
    struct table_entry {
        uintptr_t key;
        intptr_t value;
    } *entries;
    /* Filled entries have a key, or had one. */
    size_t size, filled;
};

/* The entry of a key, or null. It moves with the next `table_put`. */
struct table_entry *table_get(const struct table *table, uintptr_t key);
void table_put(struct table *table, uintptr_t key, intptr_t value);
void table_remove(struct table *table, uintptr_t key);
void table_clear(struct table *table);

/* Every entry of a table, in no order. */
#define TABLE_FOREACH(table, entry) \
    for (struct table_entry *entry = (table)->entries; entry < (table)->entries + (table)->size; entry++) \
        if (entry->key > 1)

#endif
