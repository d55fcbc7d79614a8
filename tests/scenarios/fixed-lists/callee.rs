use crate::exports::test::fixed_lists::fixed_lists::Guest;

impl Guest for crate::Component {
    fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
        a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    }

    fn transpose([a, b]: [[u32; 3]; 2]) -> [[u32; 2]; 3] {
        [[a[0], b[0]], [a[1], b[1]], [a[2], b[2]]]
    }

    fn ramp(numbers: [u16; 20]) -> [u16; 20] {
        std::array::from_fn(|i| numbers[i].wrapping_add(i as u16))
    }

    fn split(numbers: Vec<u32>) -> Vec<[u8; 4]> {
        numbers.into_iter().map(u32::to_le_bytes).collect()
    }
}
