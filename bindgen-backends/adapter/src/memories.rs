//! The memories that a module does not use are left out of its imports.
//!
//! Code has the indices of memories while it is made; modules with references often use only one of the first two.

use std::collections::BTreeSet;

use wasm_encoder::reencode::{Error, Reencode};

/// The module without the memories that its code does not use, and which it uses. All memories are imported, before anything else.
pub(crate) fn without_unused(wasm: &[u8]) -> (Vec<u8>, BTreeSet<u32>) {
    let mut memories = Memories { used: BTreeSet::new(), renumbers: false, imported: 0 };
    memories.encode(wasm);
    memories.renumbers = true;
    let wasm = memories.encode(wasm);
    (wasm, memories.used)
}

struct Memories {
    used: BTreeSet<u32>,
    /// Whether all that are used are known.
    renumbers: bool,
    /// How many have been imported.
    imported: u32,
}

impl Memories {
    fn encode(&mut self, wasm: &[u8]) -> Vec<u8> {
        let mut module = wasm_encoder::Module::new();
        self.parse_core_module(&mut module, wasmparser::Parser::new(0), wasm).expect("the module is made here");
        module.finish()
    }
}

type Failure = Error<std::convert::Infallible>;

impl Reencode for Memories {
    type Error = std::convert::Infallible;

    fn memory_index(&mut self, memory: u32) -> Result<u32, Failure> {
        if self.renumbers {
            return Ok(self.used.range(..memory).count() as u32);
        }
        self.used.insert(memory);
        Ok(memory)
    }

    fn parse_import_section(
        &mut self,
        imports: &mut wasm_encoder::ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), Failure> {
        for import in section.into_imports() {
            let import = import?;
            if let wasmparser::TypeRef::Memory(_) = import.ty {
                self.imported += 1;
                if self.renumbers && !self.used.contains(&(self.imported - 1)) {
                    continue;
                }
            }
            imports.import(import.module, import.name, self.entity_type(import.ty)?);
        }
        self.imported = 0;
        Ok(())
    }

    fn custom_name_section(
        &mut self,
        section: wasmparser::NameSectionReader<'_>,
    ) -> Result<wasm_encoder::NameSection, Failure> {
        let mut names = wasm_encoder::NameSection::new();
        for subsection in section {
            match subsection? {
                wasmparser::Name::Memory(map) => {
                    let mut memories = wasm_encoder::NameMap::new();
                    for naming in map {
                        let naming = naming?;
                        if self.renumbers && self.used.contains(&naming.index) {
                            memories.append(self.memory_index(naming.index)?, naming.name);
                        }
                    }
                    names.memories(&memories);
                }
                other => self.parse_custom_name_subsection(&mut names, other)?,
            }
        }
        Ok(names)
    }
}
