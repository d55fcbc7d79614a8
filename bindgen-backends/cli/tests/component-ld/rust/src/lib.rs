//! Speaks multivalue as far as stable Rust can: one result.

/// What bindings put there: `world.bin` is made of `world.wit`.
#[unsafe(link_section = "component-type:guest")]
#[used]
static WORLD: [u8; include_bytes!("../world.bin").len()] = *include_bytes!("../world.bin");

#[unsafe(link_section = "onramp:abi")]
#[used]
static ABI: [u8; 13] = *b"multivalue 1\n";

#[unsafe(export_name = "[abi=multivalue]test:linked/api#add")]
extern "C" fn add(x: u32, y: u32) -> u32 {
    // What the standard library imports of WASI is eager.
    std::env::args().count() as u32 + x + y
}
