//! Freeing results in post-return, where upstream frees too little: it leaves out what fixed-length lists hold.

use onramp_bridge::{Content, Place, Step};

use crate::steps::at;

/// Whether a fixed-length list with strings or lists in it is here.
pub fn has_fixed_lists(received: &[Step]) -> bool {
    received.iter().any(|step| match step {
        Step::Repeat { .. } => true,
        Step::Match { cases, .. } => cases.iter().any(|(_, steps)| has_fixed_lists(steps)),
        Step::Receive { content: Content::List { elements, .. }, .. }
        | Step::Adopt { content: Content::List { elements, .. }, .. } => has_fixed_lists(elements),
        Step::Receive { .. } | Step::Adopt { .. } | Step::Reclaim { .. } | Step::Store(_) | Step::Load(_) => false,
    })
}

/// Statements that free what is in the block where a value would be received by these steps.
pub fn frees(runtime: &str, block: &str, received: &[Step]) -> String {
    received.iter().fold(String::new(), |out, step| out + &free(runtime, block, step))
}

fn free(runtime: &str, block: &str, step: &Step) -> String {
    match step {
        Step::Receive { handle: Place::Memory(offset), content, .. }
        | Step::Adopt { pointer: Place::Memory(offset), content, .. } => match content {
            Content::Text => format!("{runtime}::results::free({}, 1, 1, |_| {{}});\n", at(block, *offset)),
            Content::List { size, align, elements, .. } => {
                let inner = frees(runtime, "each", elements);
                let each = if inner.is_empty() { "|_| {}".to_owned() } else { format!("|each| {{\n{inner}}}") };
                format!("{runtime}::results::free({}, {size}, {align}, {each});\n", at(block, *offset))
            }
        },
        Step::Match { tag: Place::Memory(offset), width, cases } => {
            let mut out = format!("match *{}.cast::<u{}>() {{\n", at(block, *offset), u32::from(*width) * 8);
            for (case, steps) in cases {
                out += &format!("{case} => {{\n{}}}\n", frees(runtime, block, steps));
            }
            out + "_ => {}\n}\n"
        }
        Step::Repeat { offset, stride, count, steps } => {
            let inner = frees(runtime, "each", steps);
            let first = at(block, *offset);
            format!("for i in 0..{count} {{\nlet each = {first}.add(i * {stride});\n{inner}}}\n")
        }
        step => unreachable!("{step:?} is not of a value in memory"),
    }
}
