//! What the module's own sections say about it.

use anyhow::Result;
use wasmparser::{KnownCustom, Name, NameMap, Parser, Payload};

/// The indices that the checks use.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The global `__stack_pointer`.
    pub pointer: u32,
    /// The global `coop_stack_limit`: the lowest address of the running thread's stack.
    pub limit: u32,
    /// The function `coop_stack_overflowed`, which does not return.
    pub overflowed: u32,
}

impl Names {
    /// Finds them in the name section; `None` when one is not there.
    pub fn read(module: &[u8]) -> Result<Option<Self>> {
        let (mut pointer, mut limit, mut overflowed) = (None, None, None);
        for payload in Parser::new(0).parse_all(module) {
            let Payload::CustomSection(section) = payload? else { continue };
            let KnownCustom::Name(names) = section.as_known() else { continue };
            for name in names {
                match name? {
                    Name::Global(globals) => {
                        pointer = find(globals.clone(), "__stack_pointer")?;
                        limit = find(globals, "coop_stack_limit")?;
                    }
                    Name::Function(functions) => overflowed = find(functions, "coop_stack_overflowed")?,
                    _ => {}
                }
            }
        }
        Ok(match (pointer, limit, overflowed) {
            (Some(pointer), Some(limit), Some(overflowed)) => Some(Names { pointer, limit, overflowed }),
            _ => None,
        })
    }
}

fn find(map: NameMap, wanted: &str) -> Result<Option<u32>> {
    for naming in map {
        let naming = naming?;
        if naming.name == wanted {
            return Ok(Some(naming.index));
        }
    }
    Ok(None)
}

/// How many parameters each defined function has, in the order of the code section.
pub fn parameter_counts(module: &[u8]) -> Result<Vec<u32>> {
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section {
                    types.extend(group?.types().map(|ty| match &ty.composite_type.inner {
                        wasmparser::CompositeInnerType::Func(function) => function.params().len() as u32,
                        _ => 0,
                    }));
                }
            }
            Payload::FunctionSection(section) => {
                for index in section {
                    functions.push(types.get(index? as usize).copied().unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    Ok(functions)
}
