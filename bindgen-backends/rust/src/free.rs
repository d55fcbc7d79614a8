//! Post-return of results in memory, where upstream frees too little: it leaves out what fixed-length lists hold.

use onramp_bridge::{Content, Step};

/// Whether a fixed-length list with strings or lists in it is freed here.
pub fn has_fixed_lists(returned: &[Step]) -> bool {
    returned.iter().any(|step| match step {
        Step::Repeat { .. } => true,
        Step::Match { cases, .. } => cases.iter().any(|(_, steps)| has_fixed_lists(steps)),
        Step::Free { content: Content::List { elements, .. }, .. } => has_fixed_lists(elements),
        Step::Free { .. }
        | Step::Receive { .. }
        | Step::Adopt { .. }
        | Step::Reclaim { .. }
        | Step::Store(_)
        | Step::Load(_) => false,
    })
}
