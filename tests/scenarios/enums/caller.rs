use crate::check;
use crate::check::Checks;
use crate::exports::test::enums::check_enums::Guest;
use crate::test::enums::enums::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        colors(&mut checks)?;
        named_cases(&mut checks)?;
        all_cases(&mut checks)?;
        Ok(checks.count)
    }
}

fn colors(checks: &mut Checks) -> Result<(), String> {
    use Color::{Blue, Green, Red};
    check!(checks, next_color(Red) == Green)?;
    check!(checks, next_color(Green) == Blue)?;
    check!(checks, next_color(Blue) == Red)?;
    for (colors, expected) in [
        (vec![], (0, 0, 0)),
        (vec![Blue], (0, 0, 1)),
        (vec![Red, Green, Blue, Green], (1, 2, 1)),
        (vec![Red; 1000], (1000, 0, 0)),
        ([Green, Blue, Blue].repeat(30_000), (0, 30_000, 60_000)),
    ] {
        check!(checks, tally(&colors) == expected)?;
    }
    Ok(())
}

fn named_cases(checks: &mut Checks) -> Result<(), String> {
    for (number, case, next) in [
        (0, Big::C0, Big::C1),
        (1, Big::C1, Big::C2),
        (127, Big::C127, Big::C128),
        (128, Big::C128, Big::C129),
        (255, Big::C255, Big::C256),
        (256, Big::C256, Big::C257),
        (298, Big::C298, Big::C299),
        (299, Big::C299, Big::C0),
    ] {
        check!(checks, from_index(number) == case)?;
        check!(checks, from_index(number + 300) == case)?;
        check!(checks, index(case) == number)?;
        check!(checks, next_big(case) == next)?;
    }
    check!(checks, from_index(u32::MAX) == Big::C195)?;
    for (cases, reversed) in [
        (vec![], vec![]),
        (vec![Big::C299], vec![Big::C299]),
        (vec![Big::C0, Big::C255, Big::C256], vec![Big::C256, Big::C255, Big::C0]),
    ] {
        check!(checks, reverse(&cases) == reversed)?;
    }
    Ok(())
}

fn all_cases(checks: &mut Checks) -> Result<(), String> {
    let cases: Vec<Big> = (0..300).map(from_index).collect();
    for (number, &case) in (0..300).zip(&cases) {
        checks.equal(format_args!("from-index({number})"), number, case as u32)?;
        check!(checks, index(case) == number)?;
        checks.equal(format_args!("next-big({case:?})"), (number + 1) % 300, next_big(case) as u32)?;
    }
    let reversed: Vec<Big> = cases.iter().rev().copied().collect();
    check!(checks, reverse(&cases) == reversed)
}
