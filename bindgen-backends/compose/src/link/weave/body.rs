//! The code of functions.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Function, Instruction};
use wasmparser::{FunctionBody, Operator};

use super::plan::{Import, Thunk};
use super::rewrite::{Added, Global, Rewriter};

impl Rewriter<'_> {
    /// A function with what it calls of changed imports in place.
    pub(super) fn body(&mut self, body: &FunctionBody<'_>) -> Result<Function, Error> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            match operator {
                Operator::Call { function_index } => self.call(&mut function, function_index),
                Operator::ReturnCall { function_index } if self.changed(function_index).is_some() => {
                    self.call(&mut function, function_index);
                    function.instruction(&Instruction::Return);
                }
                other => {
                    function.instruction(&self.instruction(other)?);
                }
            }
        }
        Ok(function)
    }

    fn call(&self, function: &mut Function, called: u32) {
        match self.changed(called) {
            Some(Import::Get(cell)) => self.with_global(function, Global::Got(*cell), Instruction::GlobalGet),
            Some(Import::Set(cell)) => self.with_global(function, Global::Set(*cell), Instruction::GlobalSet),
            Some(Import::Thunk(thunk)) => {
                self.call_kept(function, called);
                self.keep_results(function, thunk);
            }
            None => self.call_kept(function, called),
        }
    }

    fn call_kept(&self, function: &mut Function, called: u32) {
        let index = self.index(called).expect("only getters and setters are no more");
        function.instruction(&Instruction::Call(index));
    }

    fn with_global(&self, function: &mut Function, global: Global, instruction: fn(u32) -> Instruction<'static>) {
        let index = self.global(global).expect("what is got and set has a global");
        function.instruction(&instruction(index));
    }

    /// Leaves the first of a function's results on the stack. What no getter reads is not kept.
    fn keep_results(&self, function: &mut Function, thunk: &Thunk) {
        for cell in thunk.cells().rev() {
            function.instruction(&match self.global(Global::Got(cell)) {
                Some(global) => Instruction::GlobalSet(global),
                None => Instruction::Drop,
            });
        }
    }

    /// The code of the functions that are added.
    pub(super) fn add_code(&self, code: &mut CodeSection) {
        for added in &self.added {
            let mut function = Function::new([]);
            for parameter in 0..self.signature(added).params.len() {
                function.instruction(&Instruction::LocalGet(parameter as u32));
            }
            match added {
                Added::Export { thunk, inner, .. } => {
                    self.call(&mut function, *inner);
                    for cell in thunk.cells() {
                        self.with_global(&mut function, Global::Set(cell), Instruction::GlobalGet);
                    }
                }
                Added::Reference(name) => {
                    let called = self.imports.iter().position(|import| import.name == *name);
                    self.call(&mut function, called.expect("what is referred to is imported") as u32);
                }
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
    }
}
