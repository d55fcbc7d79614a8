//! Damaging files: bytes anywhere, or sections with the lengths around them kept right, so that the damage is found late.

use crate::random::Random;

/// The header of a core module or component.
const HEADER: usize = 8;

/// How deep sections are looked for in sections.
const DEPTH: usize = 3;

/// A section that contains a core module, in a component.
const MODULE: u8 = 1;

/// A section that contains a component, in a component.
const COMPONENT: u8 = 4;

/// Damages a file, perhaps with parts of another.
pub fn damage(random: &mut Random, file: &[u8], other: &[u8]) -> Vec<u8> {
    let mut damaged = file.to_vec();
    for _ in 0..random.pick(&[1, 1, 1, 2, 4]) {
        damaged =
            if random.once_in(3) { bytes(random, damaged, other) } else { sections(random, &damaged, other, DEPTH) };
    }
    damaged
}

/// Damages bytes, whatever they mean.
fn bytes(random: &mut Random, mut file: Vec<u8>, other: &[u8]) -> Vec<u8> {
    if file.is_empty() {
        return other.to_vec();
    }
    let (begin, end) = range(random, file.len());
    match random.below(8) {
        0..2 => file[begin] ^= 1 << random.below(8),
        2 => file[begin] = random.pick(&[0, 1, 0x40, 0x7f, 0x80, 0xff]),
        3 => file[begin] = file[begin].wrapping_add(random.pick(&[1, 255])),
        4 => file.truncate(begin),
        5 => drop(file.drain(begin..end)),
        6 => {
            let copy = file[begin..end].to_vec();
            let at = random.below(file.len());
            file.splice(at..at, copy);
        }
        _ if !other.is_empty() => {
            let (from, to) = range(random, other.len());
            file.splice(begin..end, other[from..to].iter().copied());
        }
        _ => {}
    }
    file
}

/// A short range more often than a long one.
fn range(random: &mut Random, length: usize) -> (usize, usize) {
    let begin = random.below(length);
    let most = random.pick(&[1, 4, 16, length]).min(length - begin);
    (begin, begin + random.between(1, most))
}

/// Damages the sections of a component or core module.
fn sections(random: &mut Random, file: &[u8], other: &[u8], depth: usize) -> Vec<u8> {
    let Some(mut sections) = split(file).filter(|sections| !sections.is_empty()) else {
        return bytes(random, file.to_vec(), other);
    };
    let one = random.below(sections.len());
    match random.below(10) {
        0 => drop(sections.remove(one)),
        1 => {
            let two = random.below(sections.len());
            sections.swap(one, two);
        }
        2 => {
            let copy = sections[one].clone();
            sections.insert(random.below(sections.len()), copy);
        }
        3 => {
            if let Some(others) = split(other).filter(|others| !others.is_empty()) {
                sections.insert(one, others[random.below(others.len())].clone());
            }
        }
        4 => sections[one].0 = random.below(14) as u8,
        _ => {
            let (id, body) = &mut sections[one];
            let nests = (*id == MODULE || *id == COMPONENT) && depth > 0 && split(body).is_some();
            *body = match nests {
                true => self::sections(random, body, other, depth - 1),
                false => bytes(random, std::mem::take(body), other),
            };
        }
    }
    join(&file[..HEADER], &sections)
}

/// The sections of a module or component: their ids and contents.
fn split(file: &[u8]) -> Option<Vec<(u8, Vec<u8>)>> {
    let mut rest = file.strip_prefix(b"\0asm")?.get(4..)?;
    let mut sections = Vec::new();
    while let Some((id, behind)) = rest.split_first() {
        let (length, behind) = read_leb(behind)?;
        sections.push((*id, behind.get(..length)?.to_vec()));
        rest = &behind[length..];
    }
    Some(sections)
}

fn join(header: &[u8], sections: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut file = header.to_vec();
    for (id, body) in sections {
        file.push(*id);
        write_leb(&mut file, body.len());
        file.extend(body);
    }
    file
}

fn read_leb(mut bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value, bytes));
        }
    }
    None
}

fn write_leb(file: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        file.push(value as u8 | 0x80);
        value >>= 7;
    }
    file.push(value as u8);
}
