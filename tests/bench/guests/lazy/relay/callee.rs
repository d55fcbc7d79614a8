use crate::exports::onramp::bench::relay::{Guest, LazyString};
use crate::onramp::bench::calls;

impl Guest for crate::Component {
    fn forward(text: LazyString<'_>) {
        calls::take_string((&text).into());
    }
}
