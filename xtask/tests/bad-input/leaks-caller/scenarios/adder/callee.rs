use crate::exports::test::adder::adder::Guest;

impl Guest for crate::Component {
    fn add(a: u32, b: u32) -> u32 {
        a + b
    }
}
