//! The code of the module's functions.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{BlockType, CodeSection, Function, Instruction, ValType};
use wasmparser::{FunctionBody, Operator};

use super::plan::{Cell, Import, Thunk};
use super::rewrite::{Added, Global, Rewriter};

/// Results that stay in locals.
#[derive(Default)]
struct Locals {
    /// Those of imported thunks.
    got: BTreeMap<Cell, u32>,
    /// Those of the function, when it gets all results itself.
    set: BTreeMap<Cell, u32>,
}

/// A function that is being written.
struct Writing {
    function: Function,
    locals: Locals,
    /// How many blocks are open, when the function gets all results itself.
    depth: Option<u32>,
}

/// Which results stay in locals between a call and a getter: nothing can come between the two.
#[derive(Default)]
struct Near {
    /// The positions of the getters.
    getters: BTreeSet<usize>,
    /// What is kept of each call, by position.
    kept: BTreeMap<usize, BTreeSet<Cell>>,
}

impl Rewriter<'_> {
    /// A function, with what it calls of changed imports in place.
    pub(super) fn body(&mut self, body: &FunctionBody<'_>) -> Result<Function, Error> {
        let operators = body.get_operators_reader()?.into_iter().collect::<wasmparser::Result<Vec<_>>>()?;
        let function = self.imports.len() as u32 + self.written;
        self.written += 1;
        let near = self.near(function, &operators);
        let mut writing = self.start(function, body, &near)?;
        for (position, operator) in operators.into_iter().enumerate() {
            match operator {
                Operator::Call { function_index } => self.call(&mut writing, &near, position, function_index),
                Operator::ReturnCall { function_index }
                    if writing.depth.is_some() || self.changed(function_index).is_some() =>
                {
                    self.call(&mut writing, &near, position, function_index);
                    writing.leave();
                }
                other => self.other(&mut writing, other)?,
            }
        }
        Ok(self.finished(function, writing))
    }

    /// Which results can stay in locals. Notes what else the function does with changed imports.
    fn near(&mut self, function: u32, operators: &[Operator]) -> Near {
        let mut near = Near::default();
        let mut last = None;
        for (position, operator) in operators.iter().enumerate() {
            let (Operator::Call { function_index: called } | Operator::ReturnCall { function_index: called }) =
                *operator
            else {
                last = last.filter(|_| goes_on(operator));
                continue;
            };
            match (self.changed(called), last) {
                (Some(Import::Thunk(thunk)), _) => last = Some((position, thunk)),
                (Some(Import::Get(cell)), Some((call, thunk))) if thunk.cells().any(|other| other == *cell) => {
                    near.getters.insert(position);
                    near.kept.entry(call).or_default().insert(*cell);
                }
                (Some(Import::Get(cell)), _) => {
                    self.seen.read_later.insert(*cell);
                }
                (Some(Import::Set(_)), _) => {
                    self.seen.setting.insert(function);
                }
                (None, _) => {
                    last = None;
                    if self.seen.exported.contains_key(&called) {
                        self.seen.shared.insert(called);
                    }
                }
            }
        }
        near
    }

    /// The beginning of a function: its locals, and those that are added.
    fn start(&mut self, function: u32, body: &FunctionBody<'_>, near: &Near) -> Result<Writing, Error> {
        let ty = self.defined[(function - self.imports.len() as u32) as usize];
        let mut count = self.parameters[ty as usize];
        let mut types: Vec<(u32, ValType)> = Vec::new();
        for group in body.get_locals_reader()? {
            let (number, ty) = group?;
            count += number;
            types.push((number, self.val_type(ty)?));
        }
        let mut add = |cell: Cell| {
            types.push((1, cell.ty.into()));
            count += 1;
            (cell, count - 1)
        };
        let got: BTreeSet<Cell> = near.kept.values().flatten().copied().collect();
        let wide = self.widened.get(&function);
        let locals = Locals {
            got: got.into_iter().map(&mut add).collect(),
            set: wide.into_iter().flat_map(|thunk| thunk.cells()).map(&mut add).collect(),
        };
        let mut writing = Writing { function: Function::new(types), locals, depth: None };
        if let Some(thunk) = wide {
            let first = ValType::from(thunk.signature.results[0]);
            writing.function.instruction(&Instruction::Block(BlockType::Result(first)));
            writing.depth = Some(0);
        }
        Ok(writing)
    }

    /// An operator that calls no function by its index.
    fn other(&mut self, writing: &mut Writing, operator: Operator<'_>) -> Result<(), Error> {
        if writing.depth.is_some() {
            match operator {
                Operator::Return => {
                    writing.leave();
                    return Ok(());
                }
                Operator::ReturnCallIndirect { type_index, table_index } => {
                    let call = self.instruction(Operator::CallIndirect { type_index, table_index })?;
                    writing.function.instruction(&call);
                    writing.leave();
                    return Ok(());
                }
                Operator::ReturnCallRef { type_index } => {
                    let call = self.instruction(Operator::CallRef { type_index })?;
                    writing.function.instruction(&call);
                    writing.leave();
                    return Ok(());
                }
                _ => writing.count(&operator),
            }
        }
        writing.function.instruction(&self.instruction(operator)?);
        Ok(())
    }

    fn call(&self, writing: &mut Writing, near: &Near, position: usize, called: u32) {
        match self.changed(called) {
            Some(Import::Get(cell)) if near.getters.contains(&position) => {
                writing.function.instruction(&Instruction::LocalGet(writing.locals.got[cell]));
            }
            Some(Import::Get(cell)) => self.get(&mut writing.function, Global::Got(*cell)),
            Some(Import::Set(cell)) => match writing.locals.set.get(cell) {
                Some(local) => {
                    writing.function.instruction(&Instruction::LocalSet(*local));
                }
                None => self.set(&mut writing.function, *cell),
            },
            Some(Import::Thunk(thunk)) => {
                self.call_kept(&mut writing.function, called);
                let near = near.kept.get(&position);
                self.keep_results(writing, thunk, near);
            }
            None => self.call_kept(&mut writing.function, called),
        }
    }

    fn call_kept(&self, function: &mut Function, called: u32) {
        let index = self.index(called).expect("only getters and setters are no more");
        function.instruction(&Instruction::Call(index));
    }

    /// Leaves the first of a function's results on the stack. What nobody reads is not kept.
    fn keep_results(&self, writing: &mut Writing, thunk: &Thunk, near: Option<&BTreeSet<Cell>>) {
        for cell in thunk.cells().rev() {
            let local = near.filter(|near| near.contains(&cell)).map(|_| writing.locals.got[&cell]);
            match (local, self.global(Global::Got(cell))) {
                (Some(local), None) => writing.function.instruction(&Instruction::LocalSet(local)),
                (Some(local), Some(global)) => writing
                    .function
                    .instruction(&Instruction::LocalTee(local))
                    .instruction(&Instruction::GlobalSet(global)),
                (None, Some(global)) => writing.function.instruction(&Instruction::GlobalSet(global)),
                (None, None) => writing.function.instruction(&Instruction::Drop),
            };
        }
    }

    fn get(&self, function: &mut Function, global: Global) {
        // Before it was learned that there must be one, what is written is not used.
        function.instruction(&Instruction::GlobalGet(self.global(global).unwrap_or_default()));
    }

    /// A setter in a function that does not get all results itself. A result that no export returns is not kept.
    fn set(&self, function: &mut Function, cell: Cell) {
        function.instruction(&match self.global(Global::Set(cell)) {
            Some(global) => Instruction::GlobalSet(global),
            None => Instruction::Drop,
        });
    }

    fn finished(&self, function: u32, mut writing: Writing) -> Function {
        if let Some(thunk) = self.widened.get(&function) {
            for cell in thunk.cells() {
                writing.function.instruction(&Instruction::LocalGet(writing.locals.set[&cell]));
            }
            writing.function.instruction(&Instruction::End);
        }
        writing.function
    }

    /// The code of the functions that are added.
    pub(super) fn add_code(&self, code: &mut CodeSection) {
        for added in &self.added {
            let writing = Writing { function: Function::new([]), locals: Locals::default(), depth: None };
            code.function(&self.added_body(added, writing));
        }
    }

    fn added_body(&self, added: &Added, mut writing: Writing) -> Function {
        for parameter in 0..self.signature(added).params.len() {
            writing.function.instruction(&Instruction::LocalGet(parameter as u32));
        }
        match added {
            Added::Export { thunk, inner, .. } => {
                self.call(&mut writing, &Near::default(), 0, *inner);
                for cell in thunk.cells() {
                    self.get(&mut writing.function, Global::Set(cell));
                }
            }
            Added::Reference(name) => {
                let called = self.imports.iter().position(|import| import.name == *name);
                let called = called.expect("what is referred to is imported") as u32;
                self.call(&mut writing, &Near::default(), 0, called);
            }
        }
        writing.function.instruction(&Instruction::End);
        writing.function
    }
}

impl Writing {
    /// Returns the first result. A function that gets all results itself has the others in locals, and is in a block.
    fn leave(&mut self) {
        self.function.instruction(&match self.depth {
            Some(depth) => Instruction::Br(depth),
            None => Instruction::Return,
        });
    }

    /// Counts the blocks that are open.
    fn count(&mut self, operator: &Operator) {
        let change = match operator {
            Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Try { .. }
            | Operator::TryTable { .. } => 1,
            Operator::End | Operator::Delegate { .. } => -1,
            _ => 0,
        };
        // The last `end` is the function's own.
        self.depth = self.depth.map(|depth| depth.saturating_add_signed(change));
    }
}

/// True when the next operator runs right after this one, and is reached by no other way.
fn goes_on(operator: &Operator) -> bool {
    !matches!(
        operator,
        Operator::Unreachable
            | Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::BrOnNull { .. }
            | Operator::BrOnNonNull { .. }
            | Operator::BrOnCast { .. }
            | Operator::BrOnCastFail { .. }
            | Operator::BrOnCastDescEq { .. }
            | Operator::BrOnCastDescEqFail { .. }
            | Operator::Return
            | Operator::ReturnCallIndirect { .. }
            | Operator::ReturnCallRef { .. }
            | Operator::CallIndirect { .. }
            | Operator::CallRef { .. }
            | Operator::Try { .. }
            | Operator::TryTable { .. }
            | Operator::Catch { .. }
            | Operator::CatchAll
            | Operator::Delegate { .. }
            | Operator::Throw { .. }
            | Operator::ThrowRef
            | Operator::Rethrow { .. }
            | Operator::Suspend { .. }
            | Operator::Resume { .. }
            | Operator::ResumeThrow { .. }
            | Operator::ResumeThrowRef { .. }
            | Operator::Switch { .. }
    )
}
