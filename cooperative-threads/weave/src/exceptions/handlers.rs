//! What comes behind the body of each `try`, which its translation has to know before the body.

use std::collections::HashMap;

use wasmparser::Operator;

/// What a handler is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caught {
    /// Exceptions of a tag.
    Tag(u32),
    /// All.
    All,
}

/// How the body of a `try` ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handlers {
    /// With handlers, in this order.
    Own(Vec<Caught>),
    /// With none: what it does not catch goes to this label, as seen from outside.
    Delegate(u32),
}

/// How each `try` of a function ends, by its place among the operators.
pub fn of(operators: &[Operator<'_>]) -> HashMap<usize, Handlers> {
    let mut all = HashMap::new();
    let mut blocks = Vec::new();
    for (place, operator) in operators.iter().enumerate() {
        match operator {
            Operator::Try { .. } => {
                all.insert(place, Handlers::Own(Vec::new()));
                blocks.push(Some(place));
            }
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } | Operator::TryTable { .. } => {
                blocks.push(None);
            }
            Operator::Catch { tag_index } => add(&mut all, &blocks, Caught::Tag(*tag_index)),
            Operator::CatchAll => add(&mut all, &blocks, Caught::All),
            Operator::Delegate { relative_depth } => {
                if let Some(place) = blocks.pop().flatten() {
                    all.insert(place, Handlers::Delegate(*relative_depth));
                }
            }
            Operator::End => {
                blocks.pop();
            }
            _ => {}
        }
    }
    all
}

fn add(all: &mut HashMap<usize, Handlers>, blocks: &[Option<usize>], caught: Caught) {
    if let Some(Some(place)) = blocks.last()
        && let Some(Handlers::Own(handlers)) = all.get_mut(place)
    {
        handlers.push(caught);
    }
}
