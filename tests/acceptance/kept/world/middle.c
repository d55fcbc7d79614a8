//@ args = '--lazy all'

// Passes objects of the world's types on, and reads them before.

#include <stdlib.h>

#include "middle.h"

static void holds(bool condition) {
  if (!condition) abort();
}

middle_own_gc_list_setting_t exports_middle_make(uint32_t n) {
  middle_own_gc_list_setting_t made = middle_make(n);
  holds(gc_method_gc_list_setting_length(objects_borrow_gc_list_setting(made)) == n);
  return made;
}

static void read_places(objects_borrow_gc_setting_t setting, uint32_t count) {
  gc_own_gc_list_point_t places = gc_method_gc_setting_keep_places(setting);
  objects_borrow_gc_list_point_t lent = objects_borrow_gc_list_point(places);
  holds(gc_method_gc_list_point_length(lent) == count);
  for (uint32_t index = 0; index < count; index++) {
    test_kept_world_types_point_t place;
    gc_method_gc_list_point_at(lent, index, &place);
    holds(place.x == -(int32_t)index);
    test_kept_world_types_point_free(&place);
  }
  objects_gc_list_point_drop_own(places);
}

middle_own_gc_option_setting_t exports_middle_pick(middle_own_gc_list_setting_t settings, uint32_t at) {
  objects_borrow_gc_list_setting_t lent = objects_borrow_gc_list_setting(settings);
  middle_own_gc_option_setting_t picked = middle_pick(lent, at);
  uint32_t some = gc_method_gc_option_setting_case(objects_borrow_gc_option_setting(picked));
  holds(some == (at < gc_method_gc_list_setting_length(lent)));
  if (some) {
    gc_own_gc_setting_t setting = gc_method_gc_list_setting_keep_at(lent, at);
    read_places(objects_borrow_gc_setting(setting), at);
    gc_own_gc_choice_t kind = gc_method_gc_setting_keep_kind(objects_borrow_gc_setting(setting));
    holds(gc_method_gc_choice_case(objects_borrow_gc_choice(kind)) == at % 2);
    objects_gc_choice_drop_own(kind);
    objects_gc_setting_drop_own(setting);
  }
  objects_gc_list_setting_drop_own(settings);
  return picked;
}
