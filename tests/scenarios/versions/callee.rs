use crate::exports::test::versions::versions::{Guest, NewSize, OldSize, Unit};

impl Guest for crate::Component {
    fn double_old(s: OldSize) -> OldSize {
        OldSize { width: s.width.wrapping_mul(2), height: s.height.wrapping_mul(2) }
    }

    fn upgrade(s: OldSize, unit: Unit) -> NewSize {
        NewSize { width: s.width.into(), height: s.height.into(), unit }
    }

    fn downgrade(s: NewSize) -> Result<OldSize, String> {
        match (s.width.try_into(), s.height.try_into()) {
            (Ok(width), Ok(height)) => Ok(OldSize { width, height }),
            _ => Err(s.width.max(s.height).to_string()),
        }
    }

    fn census(sizes: Vec<NewSize>) -> (u32, u32) {
        let count = |unit| sizes.iter().filter(|size| size.unit == unit).count() as u32;
        (count(Unit::Pixels), count(Unit::Points))
    }
}
