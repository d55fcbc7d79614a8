use crate::exports::test::variants::variants::{DoubleWord, Guest, Size, Value, Word};

impl Guest for crate::Component {
    fn name(v: Value) -> String {
        let name = match v {
            Value::Nothing => "nothing",
            Value::Small(_) => "small",
            Value::Large(_) => "large",
            Value::Text(_) => "text",
            Value::Both(_) => "both",
            Value::Numbers(_) => "numbers",
            Value::Sized(_) => "sized",
        };
        name.to_string()
    }

    fn make(kind: u32, n: u64, text: String) -> Value {
        match kind % 7 {
            0 => Value::Nothing,
            1 => Value::Small(n as f32),
            2 => Value::Large(n),
            3 => Value::Text(text),
            4 => Value::Both((n as u8, n as f64)),
            5 => Value::Numbers((0..n as u32).collect()),
            _ => Value::Sized(Size { width: n as u16, height: n as f64 }),
        }
    }

    fn grow(v: Value) -> Value {
        match v {
            Value::Nothing => Value::Nothing,
            Value::Small(number) => Value::Small(number * 2.0),
            Value::Large(number) => Value::Large(number.wrapping_mul(2)),
            Value::Text(text) => Value::Text(text.repeat(2)),
            Value::Both((byte, number)) => Value::Both((byte.wrapping_mul(2), number * 2.0)),
            Value::Numbers(numbers) => Value::Numbers(numbers.repeat(2)),
            Value::Sized(Size { width, height }) => {
                Value::Sized(Size { width: width.wrapping_mul(2), height: height * 2.0 })
            }
        }
    }

    fn total(values: Vec<Value>) -> f64 {
        let weigh = |value: &Value| match value {
            Value::Nothing => 0.0,
            Value::Small(number) => f64::from(*number),
            Value::Large(number) => *number as f64,
            Value::Text(text) => text.len() as f64,
            Value::Both((byte, number)) => f64::from(*byte) + number,
            Value::Numbers(numbers) => numbers.iter().copied().map(f64::from).sum(),
            Value::Sized(size) => f64::from(size.width) + size.height,
        };
        // Unlike `sum`, which makes -0.0 of nothing.
        values.iter().map(weigh).fold(0.0, |total, weight| total + weight)
    }

    fn reinterpret(w: Word) -> Word {
        match w {
            Word::Int(int) => Word::Float(f32::from_bits(int)),
            Word::Float(float) => Word::Int(float.to_bits()),
        }
    }

    fn reinterpret_double(w: DoubleWord) -> DoubleWord {
        match w {
            DoubleWord::Int(int) => DoubleWord::Float(f64::from_bits(int as u64)),
            DoubleWord::Float(float) => DoubleWord::Int(float.to_bits() as i64),
            DoubleWord::Word(word) => DoubleWord::Word(Self::reinterpret(word)),
        }
    }

    fn reverse(mut values: Vec<Value>) -> Vec<Value> {
        values.reverse();
        values
    }
}
