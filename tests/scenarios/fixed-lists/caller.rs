use crate::check;
use crate::check::Checks;
use crate::exports::test::fixed_lists::check_fixed_lists::Guest;
use crate::test::fixed_lists::fixed_lists::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        products(&mut checks)?;
        matrices(&mut checks)?;
        ramps(&mut checks)?;
        bytes(&mut checks)?;
        Ok(checks.count)
    }
}

fn products(checks: &mut Checks) -> Result<(), String> {
    for (a, b, product) in [
        ([0.0, 0.0, 0.0], [1.0, 2.0, 3.0], 0.0),
        ([1.0, 20.0, 300.0], [1.0, 2.0, 3.0], 941.0),
        ([0.5, -0.5, 4.0], [-8.0, 2.0, 0.25], -4.0),
        ([f32::MAX, 0.0, 0.0], [2.0, 1.0, 1.0], f32::INFINITY),
        ([1e-45, 0.0, 0.0], [1.0, 0.0, 0.0], 1e-45),
        ([0.0, f32::INFINITY, 0.0], [1.0, 0.0, 1.0], f32::NAN),
        ([0.0, 0.0, 1.0], [0.0, 0.0, f32::NEG_INFINITY], f32::NEG_INFINITY),
        ([0.0, 0.0, f32::NAN], [1.0, 1.0, 1.0], f32::NAN),
    ] {
        check!(checks, dot(a, b) == product)?;
    }
    Ok(())
}

fn matrices(checks: &mut Checks) -> Result<(), String> {
    for (matrix, transposed) in [
        ([[0; 3]; 2], [[0; 2]; 3]),
        ([[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]]),
        ([[u32::MAX, 0, 0x8000_0000], [0, 7, u32::MAX - 1]], [[u32::MAX, 0], [0, 7], [0x8000_0000, u32::MAX - 1]]),
    ] {
        check!(checks, transpose(matrix) == transposed)?;
    }
    Ok(())
}

fn ramps(checks: &mut Checks) -> Result<(), String> {
    let counting = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
    check!(checks, ramp([0; 20]) == counting)?;
    check!(checks, ramp(counting) == counting.map(|n| 2 * n))?;
    check!(checks, ramp(counting.map(|n| 65_535 - n)) == [65_535; 20])?;
    check!(checks, ramp([65_535; 20]) == counting.map(|n: u16| n.wrapping_sub(1)))
}

fn bytes(checks: &mut Checks) -> Result<(), String> {
    for (numbers, expected) in [
        (vec![], vec![]),
        (vec![0], vec![[0, 0, 0, 0]]),
        (vec![0x0102_0304, u32::MAX, 0x8000_007f], vec![[4, 3, 2, 1], [255; 4], [0x7f, 0, 0, 0x80]]),
        (vec![0xdead_beef; 100_000], vec![[0xef, 0xbe, 0xad, 0xde]; 100_000]),
    ] {
        check!(checks, split(&numbers) == expected)?;
    }
    Ok(())
}
