use crate::check;
use crate::check::Checks;
use crate::exports::test::versions::check_versions::Guest;
use crate::test::versions::versions::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        old_sizes(&mut checks)?;
        conversions(&mut checks)?;
        misfits(&mut checks)?;
        censuses(&mut checks)?;
        Ok(checks.count)
    }
}

fn old_sizes(checks: &mut Checks) -> Result<(), String> {
    for (size, doubled) in [
        (old(0, 0), old(0, 0)),
        (old(1, 300), old(2, 600)),
        (old(32_767, 32_768), old(65_534, 0)),
        (old(65_535, 32_769), old(65_534, 2)),
    ] {
        check!(checks, double_old(size) == doubled)?;
    }
    Ok(())
}

fn conversions(checks: &mut Checks) -> Result<(), String> {
    for (width, height) in [(0, 0), (1, 2), (65_535, 0), (256, 65_535)] {
        for unit in [Unit::Pixels, Unit::Points] {
            let (small, large) = (old(width, height), new(width.into(), height.into(), unit));
            check!(checks, upgrade(small, unit) == large)?;
            check!(checks, downgrade(large) == Ok::<_, String>(small))?;
        }
    }
    Ok(())
}

fn misfits(checks: &mut Checks) -> Result<(), String> {
    for (size, larger_side) in [
        (new(65_536, 0, Unit::Pixels), "65536"),
        (new(0, 65_536, Unit::Points), "65536"),
        (new(1 << 32, 7, Unit::Pixels), "4294967296"),
        (new(70_000, 80_000, Unit::Points), "80000"),
        (new(u64::MAX, u64::MAX - 1, Unit::Pixels), "18446744073709551615"),
    ] {
        check!(checks, downgrade(size) == Err::<OldSize, _>(larger_side))?;
    }
    Ok(())
}

fn censuses(checks: &mut Checks) -> Result<(), String> {
    let (pixels, points) = (new(1, u64::MAX, Unit::Pixels), new(u64::MAX, 0, Unit::Points));
    for (sizes, expected) in [
        (vec![], (0, 0)),
        (vec![pixels], (1, 0)),
        (vec![points], (0, 1)),
        (vec![points, pixels, points], (1, 2)),
        ([pixels, pixels, points].repeat(10_000), (20_000, 10_000)),
    ] {
        check!(checks, census(&sizes) == expected)?;
    }
    Ok(())
}

fn old(width: u16, height: u16) -> OldSize {
    OldSize { width, height }
}

fn new(width: u64, height: u64, unit: Unit) -> NewSize {
    NewSize { width, height, unit }
}
