#[path = "counter.rs"]
mod counter;

use crate::exports::onramp::allocations::of_both::Guest;
use crate::onramp::allocations::of_callee;

impl Guest for crate::Component {
    fn caller() -> Option<u32> {
        Some(counter::live())
    }

    fn callee() -> Option<u32> {
        of_callee::live()
    }
}
