#include "places.h"

#include <stdlib.h>

/* What stands where a key was. */
#define REMOVED 1

/* Memory, or the end: the first life has no use for an interpreter without it. */
static void *memory(void *old, size_t size) {
    void *new = realloc(old, size);
    if (!new)
        abort();
    return new;
}

void places_add(struct places *places, uintptr_t place) {
    if (places->count == places->room) {
        places->room = places->room ? 2 * places->room : 64;
        places->items = memory(places->items, places->room * sizeof *places->items);
    }
    places->items[places->count++] = place;
}

static int in_order(const void *left, const void *right) {
    uintptr_t a = *(const uintptr_t *)left, b = *(const uintptr_t *)right;
    return (a > b) - (a < b);
}

void places_sort(struct places *places) {
    if (places->count)
        qsort(places->items, places->count, sizeof *places->items, in_order);
}

void places_clear(struct places *places) {
    free(places->items);
    *places = (struct places){0};
}

static size_t start(const struct table *table, uintptr_t key) {
    return ((uint32_t)(key >> 2) * 0x9e3779b1u >> 4) & (table->size - 1);
}

struct table_entry *table_get(const struct table *table, uintptr_t key) {
    if (!table->size)
        return NULL;
    for (size_t at = start(table, key); table->entries[at].key; at = (at + 1) & (table->size - 1))
        if (table->entries[at].key == key)
            return &table->entries[at];
    return NULL;
}

static void grow(struct table *table) {
    struct table old = *table;
    size_t used = 0;
    TABLE_FOREACH(&old, entry)
        used++;
    *table = (struct table){0};
    table->size = 1024;
    while (table->size < 4 * used)
        table->size *= 2;
    table->entries = calloc(table->size, sizeof *table->entries);
    if (!table->entries)
        abort();
    TABLE_FOREACH(&old, entry)
        table_put(table, entry->key, entry->value);
    free(old.entries);
}

void table_put(struct table *table, uintptr_t key, intptr_t value) {
    struct table_entry *entry = table_get(table, key);
    if (entry) {
        entry->value = value;
        return;
    }
    if (2 * (table->filled + 1) > table->size)
        grow(table);
    size_t at = start(table, key);
    while (table->entries[at].key)
        at = (at + 1) & (table->size - 1);
    table->filled++;
    table->entries[at] = (struct table_entry){key, value};
}

void table_remove(struct table *table, uintptr_t key) {
    struct table_entry *entry = table_get(table, key);
    if (entry)
        entry->key = REMOVED;
}

void table_clear(struct table *table) {
    free(table->entries);
    *table = (struct table){0};
}
