//! The rewriting itself: every other part of the module stays as it is.

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{BlockType, CodeSection, Function, Instruction, Module, ValType};
use wasmparser::{CustomSectionReader, FunctionBody, Operator};

use crate::names::Names;

/// Rewrites a module. `parameters` has the parameter count of each function of the code section.
pub fn rewrite(module: &[u8], names: Names, parameters: Vec<u32>) -> Result<Vec<u8>> {
    let mut rewriter = Rewriter { names, parameters: parameters.into_iter() };
    let mut out = Module::new();
    rewriter
        .parse_core_module(&mut out, wasmparser::Parser::new(0), module)
        .map_err(|error| anyhow!("cannot add stack checks to the linked module: {error}"))?;
    Ok(out.finish())
}

struct Rewriter {
    names: Names,
    parameters: std::vec::IntoIter<u32>,
}

impl Reencode for Rewriter {
    type Error = std::convert::Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let parameters = self.parameters.next().unwrap_or_default();
        if !takes_frame(&body, self.names.pointer)? {
            return utils::parse_function_body(self, code, body);
        }
        let (mut function, scratch) = self.with_scratch(&body, parameters)?;
        let mut reader = body.get_operators_reader()?;
        let mut before = Operator::Nop;
        while !reader.eof() {
            let operator = reader.read()?;
            if lowers_pointer(&before, &operator, self.names.pointer) {
                self.check(&mut function, scratch);
            }
            function.instruction(&self.instruction(operator.clone())?);
            before = operator;
        }
        code.function(&function);
        Ok(())
    }

    /// DWARF speaks of code offsets, which move.
    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: CustomSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if section.name().starts_with(".debug_") {
            return Ok(());
        }
        utils::parse_custom_section(self, module, section)
    }
}

impl Rewriter {
    /// The function's locals and one more; its index.
    fn with_scratch(
        &mut self,
        body: &FunctionBody<'_>,
        parameters: u32,
    ) -> Result<(Function, u32), Error<std::convert::Infallible>> {
        let mut scratch = parameters;
        let mut locals = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            scratch += count;
            locals.push((count, self.val_type(ty)?));
        }
        locals.push((1, ValType::I32));
        Ok((Function::new(locals), scratch))
    }

    /// The new pointer is on the stack and stays there.
    fn check(&self, function: &mut Function, scratch: u32) {
        function
            .instruction(&Instruction::LocalTee(scratch))
            .instruction(&Instruction::GlobalGet(self.names.limit))
            .instruction(&Instruction::I32LtU)
            .instruction(&Instruction::If(BlockType::Empty))
            .instruction(&Instruction::Call(self.names.overflowed))
            .instruction(&Instruction::Unreachable)
            .instruction(&Instruction::End)
            .instruction(&Instruction::LocalGet(scratch));
    }
}

fn takes_frame(body: &FunctionBody<'_>, pointer: u32) -> wasmparser::Result<bool> {
    let mut before = Operator::Nop;
    for operator in body.get_operators_reader()? {
        let operator = operator?;
        if lowers_pointer(&before, &operator, pointer) {
            return Ok(true);
        }
        before = operator;
    }
    Ok(false)
}

/// Whether this sets the stack pointer to something other than a sum: adding gives a frame back.
fn lowers_pointer(before: &Operator<'_>, operator: &Operator<'_>, pointer: u32) -> bool {
    match operator {
        Operator::GlobalSet { global_index } => *global_index == pointer && !matches!(before, Operator::I32Add),
        _ => false,
    }
}
