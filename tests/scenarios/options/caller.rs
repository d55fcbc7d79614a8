use crate::check;
use crate::check::Checks;
use crate::exports::test::options::check_options::Guest;
use crate::test::options::options::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        single_options(&mut checks)?;
        nested_options(&mut checks)?;
        square_roots(&mut checks)?;
        sides(&mut checks)?;
        swaps(&mut checks)?;
        lists(&mut checks)?;
        weights(&mut checks)?;
        Ok(checks.count)
    }
}

fn single_options(checks: &mut Checks) -> Result<(), String> {
    for (x, expected) in [
        (None, None),
        (Some(0), Some(1)),
        (Some(0x7fff_ffff), Some(0x8000_0000)),
        (Some(u32::MAX - 1), Some(u32::MAX)),
        (Some(u32::MAX), None),
    ] {
        check!(checks, increment(x) == expected)?;
    }
    for (s, expected) in [
        (None, None),
        (Some(""), None),
        (Some("a"), Some('a')),
        (Some("\0a"), Some('\0')),
        (Some("éa"), Some('é')),
        (Some("\u{ffff}"), Some('\u{ffff}')),
        (Some("\u{10ffff}\u{7f}"), Some('\u{10ffff}')),
    ] {
        check!(checks, first(s) == expected)?;
    }
    Ok(())
}

fn nested_options(checks: &mut Checks) -> Result<(), String> {
    for (n, nested) in [(0, None), (1, Some(None)), (2, Some(Some(2)))] {
        check!(checks, nest(n) == nested)?;
        check!(checks, depth(nested) == n)?;
    }
    Ok(())
}

fn square_roots(checks: &mut Checks) -> Result<(), String> {
    let failure = |reason, text: &str| Err(Failure { reason, text: text.to_string() });
    for (x, root) in [
        (0, Ok(0)),
        (1, Ok(1)),
        (2, Ok(1)),
        (3, Ok(1)),
        (4, Ok(2)),
        (99, Ok(9)),
        (100, Ok(10)),
        (65_535, Ok(255)),
        (65_536, Ok(256)),
        (998_000, Ok(998)),
        (998_001, Ok(999)),
        (999_999, Ok(999)),
        (1_000_000, Ok(1000)),
        (-1, failure(Reason::Negative, "-1")),
        (-1_000_000, failure(Reason::Negative, "-1000000")),
        (i64::MIN, failure(Reason::Negative, "-9223372036854775808")),
        (1_000_001, failure(Reason::TooBig, "1000001")),
        (1 << 32, failure(Reason::TooBig, "4294967296")),
        (i64::MAX, failure(Reason::TooBig, "9223372036854775807")),
    ] {
        check!(checks, square_root(x) == root)?;
    }
    Ok(())
}

fn sides(checks: &mut Checks) -> Result<(), String> {
    for (ok, expected) in [(true, Ok(())), (false, Err(()))] {
        check!(checks, unit(ok) == expected)?;
    }
    for (text, expected) in [("", Ok(())), ("no", Err("no")), ("\0", Err("\0")), ("é\0𝄞", Err("é\0𝄞"))] {
        check!(checks, reject(text) == expected)?;
    }
    for (n, expected) in [(0, Err(())), (1, Ok(1)), (1 << 32, Ok(4_294_967_296_u64)), (u64::MAX, Ok(u64::MAX))] {
        check!(checks, accept(n) == expected)?;
    }
    Ok(())
}

fn swaps(checks: &mut Checks) -> Result<(), String> {
    for (r, swapped) in [
        (Ok(0.0), Err(0.0)),
        (Ok(-0.0), Err(-0.0)),
        (Ok(0.1), Err(0.1)),
        (Ok(1e-45), Err(1e-45)),
        (Ok(f32::MAX), Err(f32::MAX)),
        (Ok(f32::NEG_INFINITY), Err(f32::NEG_INFINITY)),
        (Ok(f32::NAN), Err(f32::NAN)),
        (Err(""), Ok("")),
        (Err("a"), Ok("a")),
        (Err("é\0𝄞"), Ok("é\0𝄞")),
    ] {
        check!(checks, swap(r) == swapped)?;
    }
    Ok(())
}

fn lists(checks: &mut Checks) -> Result<(), String> {
    for (numbers, classes) in [
        (vec![], vec![]),
        (vec![None], vec![Err(0)]),
        (vec![Some(0)], vec![Ok(0)]),
        (vec![Some(255), None, Some(1), None, None], vec![Ok(255), Err(1), Ok(1), Err(3), Err(4)]),
        ((0..=255).map(Some).collect(), (0..=255).map(Ok).collect()),
        (vec![None; 100_000], (0..100_000).map(Err).collect()),
    ] {
        check!(checks, classify(&numbers) == classes)?;
    }
    Ok(())
}

fn weights(checks: &mut Checks) -> Result<(), String> {
    let ones = vec![1; 100_000];
    for (x, weight) in [
        (None, 0),
        (Some(Err("")), 0),
        (Some(Err("aé€𝄞\0")), 11),
        (Some(Ok(None)), 1000),
        (Some(Ok(Some(&[][..]))), 1000),
        (Some(Ok(Some(&[7]))), 1007),
        (Some(Ok(Some(&[1, 20, 300]))), 1321),
        (Some(Ok(Some(&[4_000_000_000]))), 4_000_001_000_u32),
        (Some(Ok(Some(&ones))), 101_000),
    ] {
        check!(checks, weigh(x) == weight)?;
    }
    Ok(())
}
