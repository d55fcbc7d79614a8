//! What callees have, and callers expect.

const LETTERS: [char; 4] = ['a', 'ü', '€', '𝄞'];

pub fn text(n: u32) -> String {
    LETTERS.iter().cycle().take(n as usize).collect()
}

pub fn bytes(n: u32) -> Vec<u8> {
    (0..n).map(|byte| byte as u8).collect()
}

pub fn name(size: u32) -> String {
    "n".repeat(size as usize)
}

pub fn tags(id: u32) -> Option<Vec<String>> {
    let count = id % 3;
    (count > 0).then(|| vec!["tag".to_owned(); count as usize])
}

#[allow(dead_code)]
pub fn total(name: &str, id: u64, tags: &Option<Vec<String>>) -> u64 {
    let tags: usize = tags.iter().flatten().map(String::len).sum();
    id + (name.len() + tags) as u64
}
