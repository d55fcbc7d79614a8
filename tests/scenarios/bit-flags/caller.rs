use crate::check;
use crate::check::Checks;
use crate::exports::test::bit_flags::check_bit_flags::Guest;
use crate::test::bit_flags::bit_flags::*;

impl Guest for crate::Component {
    fn run() -> Result<u32, String> {
        let mut checks = Checks::default();
        complements(&mut checks)?;
        unions(&mut checks)?;
        intersections(&mut checks)?;
        counts(&mut checks)?;
        parities(&mut checks)?;
        mirrors(&mut checks)?;
        Ok(checks.count)
    }
}

fn complements(checks: &mut Checks) -> Result<(), String> {
    check!(checks, complement_one(One::empty()) == One::B0)?;
    check!(checks, complement_one(One::B0) == One::empty())?;
    check!(checks, complement_eight(Eight::B0 | Eight::B2 | Eight::B7) == eight(0b0111_1010))?;
    for bits in [0, u8::MAX].into_iter().chain((0..8).map(|i| 1 << i)) {
        check!(checks, complement_eight(eight(bits)) == eight(255 - bits))?;
    }
    check!(checks, complement_nine(Nine::B0 | Nine::B8) == nine(0b0_1111_1110))?;
    for bits in [0, 511].into_iter().chain((0..9).map(|i| 1 << i)) {
        check!(checks, complement_nine(nine(bits)) == nine(511 - bits))?;
    }
    check!(checks, complement_full(Full::B1 | Full::B31) == full(0x7fff_fffd))?;
    for bits in [0, u32::MAX].into_iter().chain((0..32).map(|i| 1 << i)) {
        check!(checks, complement_full(full(bits)) == full(u32::MAX - bits))?;
    }
    Ok(())
}

fn unions(checks: &mut Checks) -> Result<(), String> {
    for (a, b, both) in [
        (Eight::empty(), Eight::empty(), Eight::empty()),
        (Eight::all(), Eight::empty(), Eight::all()),
        (Eight::B0, Eight::B7, Eight::B0 | Eight::B7),
        (Eight::B3 | Eight::B4, Eight::B4 | Eight::B5, Eight::B3 | Eight::B4 | Eight::B5),
        (eight(0b1010_1010), eight(0b0101_0101), Eight::all()),
    ] {
        check!(checks, union_eight(a, b) == both)?;
        check!(checks, union_eight(b, a) == both)?;
    }
    Ok(())
}

fn intersections(checks: &mut Checks) -> Result<(), String> {
    for (a, b, common) in [
        (Nine::empty(), Nine::all(), Nine::empty()),
        (Nine::all(), Nine::all(), Nine::all()),
        (Nine::all(), Nine::B8, Nine::B8),
        (Nine::B0 | Nine::B8, Nine::B7 | Nine::B8, Nine::B8),
        (nine(0b1_0101_0101), nine(0b0_1010_1010), Nine::empty()),
    ] {
        check!(checks, intersect_nine(a, b) == common)?;
        check!(checks, intersect_nine(b, a) == common)?;
    }
    Ok(())
}

fn counts(checks: &mut Checks) -> Result<(), String> {
    check!(checks, count_full(Full::empty()) == 0)?;
    check!(checks, count_full(Full::all()) == 32)?;
    check!(checks, count_full(Full::B0 | Full::B15 | Full::B16 | Full::B31) == 4)?;
    for i in 0..32 {
        check!(checks, count_full(full(1 << i)) == 1)?;
        check!(checks, collect_full(&[i]) == full(1 << i))?;
    }
    for (numbers, collected) in [
        (vec![], Full::empty()),
        (vec![31, 0], Full::B0 | Full::B31),
        (vec![5, 5, 5], Full::B5),
        ((0..32).collect(), Full::all()),
        ([30, 2].repeat(1000), Full::B2 | Full::B30),
    ] {
        check!(checks, collect_full(&numbers) == collected)?;
    }
    Ok(())
}

fn parities(checks: &mut Checks) -> Result<(), String> {
    for (all, odd) in [
        (vec![], Nine::empty()),
        (vec![Nine::all()], Nine::all()),
        (vec![Nine::B8, Nine::B8], Nine::empty()),
        (vec![Nine::B8, Nine::B0 | Nine::B8, Nine::B8], Nine::B0 | Nine::B8),
        (vec![nine(0b1_0000_1111), nine(0b0_0011_1100)], nine(0b1_0011_0011)),
        ((0..512).map(nine).collect(), Nine::empty()),
        ((0..511).map(nine).collect(), Nine::all()),
    ] {
        check!(checks, parity_nine(&all) == odd)?;
    }
    Ok(())
}

fn mirrors(checks: &mut Checks) -> Result<(), String> {
    for (all, mirrored) in [
        (
            (One::empty(), Eight::empty(), Nine::empty(), Full::empty()),
            (Full::all(), Nine::all(), Eight::all(), One::B0),
        ),
        (
            (One::B0, Eight::all(), Nine::all(), Full::all()),
            (Full::empty(), Nine::empty(), Eight::empty(), One::empty()),
        ),
        (
            (One::B0, Eight::B7, Nine::B8, Full::B31),
            (full(0x7fff_ffff), nine(0b0_1111_1111), eight(0b0111_1111), One::empty()),
        ),
    ] {
        check!(checks, mirror(all) == mirrored)?;
    }
    Ok(())
}

fn eight(bits: u8) -> Eight {
    Eight::from_bits_retain(bits)
}

fn nine(bits: u16) -> Nine {
    Nine::from_bits_retain(bits)
}

fn full(bits: u32) -> Full {
    Full::from_bits_retain(bits)
}
