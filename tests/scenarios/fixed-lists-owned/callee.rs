use crate::exports::test::fixed_lists_owned::fixed_lists_owned::Guest;

impl Guest for crate::Component {
    fn reverse(mut s: [String; 4]) -> [String; 4] {
        s.reverse();
        s
    }

    fn staircase() -> [Vec<u32>; 3] {
        [vec![], vec![1], vec![2, 2]]
    }

    fn join(s: [String; 9]) -> String {
        s.join(",")
    }
}
