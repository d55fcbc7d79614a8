/* Speaks multivalue: a struct is several core results. */

__asm__(".section \".custom_section.component-type:guest\",\"\",@\n.incbin \"world.bin\"\n"
        ".section \".custom_section.onramp:abi\",\"\",@\n.ascii \"multivalue 1\\n\"\n.text\n");

#include <time.h>

struct pair {
    unsigned first, second;
};

__attribute__((import_module("[abi=multivalue]test:linked/host"), import_name("split")))
extern struct pair split(unsigned x);

__attribute__((export_name("[abi=multivalue]test:linked/api#add")))
unsigned add(unsigned x, unsigned y) {
    struct pair parts = split(x);
    /* What the C library imports of WASI is eager. */
    return time(0) > 0 ? parts.first + parts.second + y : 0;
}
