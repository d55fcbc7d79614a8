use crate::exports::onramp::bench::relay::Guest;
use crate::onramp::bench::calls;

impl Guest for crate::Component {
    fn forward(text: String) {
        calls::take_string(&text);
    }
}
