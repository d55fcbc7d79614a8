//! The encoding of exceptions. Compilers below LLVM 20 write the first one of the proposal (`try`, `catch`, `delegate`, `rethrow`),
//! which was given up; engines run the standard's (`try_table`, `throw_ref`). Both have the same tags and the same `throw`, so
//! the first can be translated after linking.
//!
//! ```wat
//! try (result t)        ;; becomes    block (result t)
//!   BODY                ;;              block (result i32 exnref)
//! catch $tag            ;;                try_table (result t) (catch_ref $tag 0) BODY end
//!   HANDLER             ;;                br 1
//! end                   ;;              end
//!                       ;;              local.set $exception
//!                       ;;              HANDLER
//!                       ;;            end
//! ```
//!
//! `rethrow` throws what the local has. A `try` that delegates becomes a `try_table` that branches to the handlers of the one that it
//! delegates to.

mod body;
mod facts;
mod handlers;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Module, TypeSection, ValType};
use wasmparser::{CustomSectionReader, FunctionBody, TypeSectionReader};

use facts::Facts;

/// Translates the exceptions of a core module.
///
/// In: a linked module. Out: the module in the standard's encoding, without DWARF (its offsets would be wrong); `None` when it has
/// nothing to translate.
///
/// # Errors
/// When the bytes are not a valid core module, or have what LLVM does not write: a `try` with parameters, or both encodings in
/// one function.
pub fn translate_exceptions(module: &[u8]) -> Result<Option<Vec<u8>>> {
    let facts = Facts::read(module).context("cannot read the linked module")?;
    if !facts.first_encoding {
        return Ok(None);
    }
    let mut translation = Translation { facts, function: 0 };
    let mut out = Module::new();
    translation
        .parse_core_module(&mut out, wasmparser::Parser::new(0), module)
        .map_err(|error| anyhow!("cannot translate the exceptions of the linked module: {error}"))?;
    Ok(Some(out.finish()))
}

/// What a function or a part of it gives, or why it cannot be translated.
type Translated<T> = std::result::Result<T, Error<anyhow::Error>>;

struct Translation {
    facts: Facts,
    /// How many functions of the code section were translated.
    function: usize,
}

impl Reencode for Translation {
    type Error = anyhow::Error;

    /// Behind the module's types come those of the blocks that a caught value with its exception ends.
    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Translated<()> {
        utils::parse_type_section(self, types, section)?;
        for tag in self.facts.caught_with_values() {
            let values = self.facts.values_of(tag).to_vec();
            let mut results = values.into_iter().map(|ty| self.val_type(ty)).collect::<Translated<Vec<_>>>()?;
            results.push(ValType::EXNREF);
            types.ty().function([], results);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Translated<()> {
        let parameters = self.facts.parameters.get(self.function).copied().unwrap_or_default();
        self.function += 1;
        let operators = body.get_operators_reader()?.into_iter().collect::<wasmparser::Result<Vec<_>>>()?;
        if !operators.iter().any(facts::is_first_encoding) {
            return utils::parse_function_body(self, code, body);
        }
        code.function(&body::translate(self, &body, &operators, parameters)?);
        Ok(())
    }

    /// DWARF speaks of code offsets, which move.
    fn parse_custom_section(&mut self, module: &mut Module, section: CustomSectionReader<'_>) -> Translated<()> {
        match section.name().starts_with(".debug_") {
            true => Ok(()),
            false => utils::parse_custom_section(self, module, section),
        }
    }
}
