use crate::exports::test::adder::check_adder::Guest;
use crate::test::adder::adder::add;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        match add(2, 3) {
            5 => Ok(1),
            sum => Err(format!("add(2, 3): expected 5, got {sum}")),
        }
    }
}
