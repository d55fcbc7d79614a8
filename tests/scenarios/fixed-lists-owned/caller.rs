use crate::check;
use crate::check::Checks;
use crate::exports::test::fixed_lists_owned::check_fixed_lists_owned::Guest;
use crate::test::fixed_lists_owned::fixed_lists_owned::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        strings(&mut checks)?;
        check!(checks, staircase() == [vec![], vec![1], vec![2, 2]])?;
        let words = ["", "é", "€\0", "𝄞", "a", "b", "", "c", "end"];
        check!(checks, join(words.map(String::from)) == ",é,€\0,𝄞,a,b,,c,end")?;
        Ok(checks.count)
    }
}

fn strings(checks: &mut Checks) -> Result<(), String> {
    let long = "0123456789abcdef".repeat(1 << 16);
    for (strings, reversed) in [
        (["", "", "", ""], ["", "", "", ""]),
        (["a", "b", "c", "d"], ["d", "c", "b", "a"]),
        (["é", "", "€\0", "𝄞"], ["𝄞", "€\0", "", "é"]),
        (["short", &long, "", "end"], ["end", "", &long, "short"]),
    ] {
        let strings = strings.map(String::from);
        check!(checks, reverse(strings.clone()) == reversed)?;
    }
    Ok(())
}
