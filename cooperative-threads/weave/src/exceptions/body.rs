//! One function.

use std::collections::HashMap;

use anyhow::anyhow;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{BlockType, Catch, Function, Instruction, ValType};
use wasmparser::{FunctionBody, Operator};

use super::handlers::{self, Caught, Handlers};
use super::{Translated, Translation};

/// Translates a function with so many parameters.
pub fn translate(
    translation: &mut Translation,
    body: &FunctionBody<'_>,
    operators: &[Operator<'_>],
    parameters: u32,
) -> Translated<Function> {
    let handlers = handlers::of(operators);
    let mut first_local = parameters;
    let mut locals = Vec::new();
    for group in body.get_locals_reader()? {
        let (count, ty) = group?;
        first_local += count;
        locals.push((count, translation.val_type(ty)?));
    }
    // As many as tries: LLVM nests few, and an engine keeps no local that is not used.
    locals.push((handlers.len() as u32, ValType::EXNREF));
    let delegates = operators.iter().any(|operator| matches!(operator, Operator::Delegate { .. }));
    let mut translator = Translator {
        translation,
        out: Function::new(locals),
        handlers,
        labels: vec![Label { position: 0, kind: Kind::Block }],
        open: 1,
        next_local: first_local,
        to_caller: delegates.then_some(1),
    };
    if delegates {
        translator.open(Instruction::Block(BlockType::Result(ValType::EXNREF)));
    }
    for (place, operator) in operators.iter().enumerate() {
        translator.operator(place, operator)?;
    }
    Ok(translator.out)
}

/// A label of the function as it was, and the block of the translation that a branch to it leaves.
struct Label {
    /// How many blocks are around that block.
    position: u32,
    kind: Kind,
}

enum Kind {
    /// Not a `try`, or one without handlers.
    Block,
    Try(Try),
    /// A `try` that delegates to this label, counted from the function's.
    Delegating(usize),
}

struct Try {
    /// What it catches, and the positions of the blocks that end there.
    handlers: Vec<(Caught, u32)>,
    /// How many handlers have begun: in the body, none.
    begun: usize,
    /// Where the exception is kept.
    local: u32,
}

struct Translator<'a> {
    translation: &'a mut Translation,
    out: Function,
    handlers: HashMap<usize, Handlers>,
    labels: Vec<Label>,
    /// How many blocks of the translation are open, the function's body among them.
    open: u32,
    next_local: u32,
    /// The position of the block that ends with an exception for the caller, where something delegates.
    to_caller: Option<u32>,
}

impl Translator<'_> {
    fn operator(&mut self, place: usize, operator: &Operator<'_>) -> Translated<()> {
        match operator {
            Operator::Try { blockty } => self.begin_try(place, *blockty)?,
            Operator::Catch { .. } | Operator::CatchAll => self.begin_handler()?,
            Operator::Delegate { .. } => self.close_label(),
            Operator::Rethrow { relative_depth } => self.rethrow(*relative_depth)?,
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                self.labels.push(Label { position: self.open, kind: Kind::Block });
                let instruction = self.translation.instruction(operator.clone())?;
                self.open(instruction);
            }
            Operator::End => self.end(),
            Operator::Br { relative_depth } => self.emit(Instruction::Br(self.branch(*relative_depth)?)),
            Operator::BrIf { relative_depth } => self.emit(Instruction::BrIf(self.branch(*relative_depth)?)),
            Operator::BrTable { targets } => {
                let labels = targets.targets().map(|depth| self.branch(depth?)).collect::<Translated<Vec<_>>>()?;
                let default = self.branch(targets.default())?;
                self.emit(Instruction::BrTable(labels.into(), default));
            }
            Operator::TryTable { .. }
            | Operator::BrOnNull { .. }
            | Operator::BrOnNonNull { .. }
            | Operator::BrOnCast { .. }
            | Operator::BrOnCastFail { .. } => return Err(wrong("a function has both old and new instructions")),
            other => {
                let instruction = self.translation.instruction(other.clone())?;
                self.emit(instruction);
            }
        }
        Ok(())
    }

    fn begin_try(&mut self, place: usize, ty: wasmparser::BlockType) -> Translated<()> {
        if self.translation.facts.has_parameters(ty) {
            return Err(wrong("a `try` has parameters"));
        }
        let ty = self.translation.block_type(ty)?;
        let position = self.open;
        let kind = match self.handlers.remove(&place) {
            None => return Err(wrong("a `try` has no end")),
            Some(Handlers::Delegate(depth)) => {
                let target = self.label(depth)?;
                let handlers = self.handlers_from(target);
                self.open_try_table(ty, &handlers);
                Kind::Delegating(target)
            }
            Some(Handlers::Own(caught)) if caught.is_empty() => {
                self.open(Instruction::Block(ty));
                Kind::Block
            }
            Some(Handlers::Own(caught)) => {
                self.open(Instruction::Block(ty));
                let handlers = self.open_handlers(&caught);
                self.open_try_table(ty, &handlers);
                let local = self.next_local;
                self.next_local += 1;
                Kind::Try(Try { handlers, begun: 0, local })
            }
        };
        self.labels.push(Label { position, kind });
        Ok(())
    }

    /// Opens a block for each handler, the first handler's last: that ends first.
    fn open_handlers(&mut self, caught: &[Caught]) -> Vec<(Caught, u32)> {
        let mut handlers = Vec::new();
        for &caught in caught.iter().rev() {
            handlers.insert(0, (caught, self.open));
            self.open(Instruction::Block(match caught {
                Caught::Tag(tag) => self.translation.facts.caught_type(tag),
                Caught::All => BlockType::Result(ValType::EXNREF),
            }));
        }
        handlers
    }

    fn open_try_table(&mut self, ty: BlockType, handlers: &[(Caught, u32)]) {
        let catches = handlers.iter().map(|&(caught, position)| match caught {
            Caught::Tag(tag) => Catch::OneRef { tag, label: self.depth_of(position) },
            Caught::All => Catch::AllRef { label: self.depth_of(position) },
        });
        let catches: Vec<Catch> = catches.collect();
        self.open(Instruction::TryTable(ty, catches.into()));
    }

    /// The handlers that an exception meets which is thrown at this label, up to one that catches all.
    fn handlers_from(&self, target: usize) -> Vec<(Caught, u32)> {
        let mut met = Vec::new();
        let mut next = Some(target);
        while let Some(place) = next {
            next = match &self.labels[place].kind {
                Kind::Delegating(to) => Some(*to),
                Kind::Try(Try { handlers, begun: 0, .. }) => {
                    met.extend(handlers);
                    if met.iter().any(|(caught, _)| *caught == Caught::All) {
                        return met;
                    }
                    place.checked_sub(1)
                }
                Kind::Block | Kind::Try(_) => place.checked_sub(1),
            };
        }
        met.extend(self.to_caller.map(|position| (Caught::All, position)));
        met
    }

    fn begin_handler(&mut self) -> Translated<()> {
        let Some(Label { position, kind: Kind::Try(current) }) = self.labels.last_mut() else {
            return Err(wrong("a handler has no `try`"));
        };
        let (position, local, in_body) = (*position, current.local, current.begun == 0);
        current.begun += 1;
        if in_body {
            self.close();
        }
        self.emit(Instruction::Br(self.depth_of(position)));
        self.close();
        self.emit(Instruction::LocalSet(local));
        Ok(())
    }

    fn rethrow(&mut self, depth: u32) -> Translated<()> {
        match self.labels[self.label(depth)?].kind {
            Kind::Try(Try { local, .. }) => {
                self.emit(Instruction::LocalGet(local));
                self.emit(Instruction::ThrowRef);
                Ok(())
            }
            _ => Err(wrong("a `rethrow` names no handler")),
        }
    }

    fn end(&mut self) {
        if self.labels.len() == 1 && self.to_caller.is_some() {
            self.emit(Instruction::Return);
            self.close();
            self.emit(Instruction::ThrowRef);
        }
        self.close_label();
    }

    fn close_label(&mut self) {
        self.labels.pop();
        self.close();
    }

    /// The place among the labels that a depth means.
    fn label(&self, depth: u32) -> Translated<usize> {
        let place = self.labels.len().checked_sub(depth as usize + 1);
        place.ok_or_else(|| wrong("a branch leaves the function"))
    }

    /// The depth in the translation of a label of the function as it was.
    fn branch(&self, depth: u32) -> Translated<u32> {
        Ok(self.depth_of(self.labels[self.label(depth)?].position))
    }

    fn depth_of(&self, position: u32) -> u32 {
        self.open - 1 - position
    }

    fn open(&mut self, instruction: Instruction<'_>) {
        self.open += 1;
        self.out.instruction(&instruction);
    }

    fn close(&mut self) {
        self.open -= 1;
        self.out.instruction(&Instruction::End);
    }

    fn emit(&mut self, instruction: Instruction<'_>) {
        self.out.instruction(&instruction);
    }
}

fn wrong(what: &str) -> Error<anyhow::Error> {
    Error::UserError(anyhow!("{what}"))
}
