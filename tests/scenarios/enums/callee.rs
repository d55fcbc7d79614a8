use crate::exports::test::enums::enums::{Big, Color, Guest};

impl Guest for crate::Component {
    fn next_color(c: Color) -> Color {
        match c {
            Color::Red => Color::Green,
            Color::Green => Color::Blue,
            Color::Blue => Color::Red,
        }
    }

    fn next_big(c: Big) -> Big {
        Self::from_index(c as u32 + 1)
    }

    fn index(c: Big) -> u32 {
        c as u32
    }

    fn from_index(n: u32) -> Big {
        // SAFETY: The enum is represented as u16, and its cases have the numbers from 0 to 299.
        unsafe { std::mem::transmute((n % 300) as u16) }
    }

    fn tally(colors: Vec<Color>) -> (u32, u32, u32) {
        let count = |color| colors.iter().filter(|&&c| c == color).count() as u32;
        (count(Color::Red), count(Color::Green), count(Color::Blue))
    }

    fn reverse(mut cases: Vec<Big>) -> Vec<Big> {
        cases.reverse();
        cases
    }
}
