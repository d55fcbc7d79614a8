#[path = "counter.rs"]
mod counter;

use crate::exports::onramp::allocations::of_callee::Guest;

impl Guest for crate::Component {
    fn live() -> Option<u32> {
        Some(counter::live())
    }
}
