use crate::exports::test::options::options::{Failure, Guest, Reason};

impl Guest for crate::Component {
    fn increment(x: Option<u32>) -> Option<u32> {
        x?.checked_add(1)
    }

    fn first(s: Option<String>) -> Option<char> {
        s?.chars().next()
    }

    fn nest(depth: u32) -> Option<Option<u32>> {
        match depth {
            0 => None,
            1 => Some(None),
            _ => Some(Some(depth)),
        }
    }

    fn depth(x: Option<Option<u32>>) -> u32 {
        match x {
            None => 0,
            Some(None) => 1,
            Some(Some(n)) => n,
        }
    }

    fn square_root(x: i64) -> Result<u32, Failure> {
        let reason = match x {
            ..0 => Reason::Negative,
            0..=1_000_000 => return Ok(x.isqrt() as u32),
            _ => Reason::TooBig,
        };
        Err(Failure { reason, text: x.to_string() })
    }

    fn unit(ok: bool) -> Result<(), ()> {
        ok.then_some(()).ok_or(())
    }

    fn reject(text: String) -> Result<(), String> {
        if text.is_empty() { Ok(()) } else { Err(text) }
    }

    fn accept(n: u64) -> Result<u64, ()> {
        if n == 0 { Err(()) } else { Ok(n) }
    }

    fn swap(r: Result<f32, String>) -> Result<String, f32> {
        match r {
            Ok(number) => Err(number),
            Err(text) => Ok(text),
        }
    }

    fn classify(numbers: Vec<Option<u8>>) -> Vec<Result<u8, u32>> {
        (0..).zip(numbers).map(|(position, number)| number.ok_or(position)).collect()
    }

    fn weigh(x: Option<Result<Option<Vec<u32>>, String>>) -> u32 {
        match x {
            None => 0,
            Some(Err(text)) => text.len() as u32,
            Some(Ok(None)) => 1000,
            Some(Ok(Some(numbers))) => 1000 + numbers.iter().sum::<u32>(),
        }
    }
}
