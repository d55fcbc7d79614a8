//! The archive of frozen modules: a sequence of name, 1 for a package, marshalled code. Numbers and lengths have four bytes, the
//! lowest first. `recipe/freeze.py` writes it, `frozen.rs` of the embedding crate reads it.

use anyhow::{Context, Result, bail};

/// The archive without some modules, and without what is inside those that are packages.
///
/// # Errors
/// When the archive is cut off, or has no such module.
pub fn without(archive: &[u8], left_out: &[String]) -> Result<Vec<u8>> {
    let mut kept = Vec::with_capacity(archive.len());
    let mut missing: Vec<&String> = left_out.iter().collect();
    let mut rest = archive;
    while !rest.is_empty() {
        let (name, behind) = module(rest).context("the archive of the standard library is cut off")?;
        if !left_out.iter().any(|other| is_inside(name, other.as_bytes())) {
            kept.extend(&rest[..rest.len() - behind.len()]);
        }
        missing.retain(|other| !is_inside(name, other.as_bytes()));
        rest = behind;
    }
    match missing.first() {
        Some(name) => bail!("`{name}` cannot be left out: the standard library has no module of this name in Python"),
        None => Ok(kept),
    }
}

/// True for a module itself and what is inside it.
fn is_inside(name: &[u8], package: &[u8]) -> bool {
    name.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest[0] == b'.')
}

/// The name of the first module, and what is behind the module.
fn module(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, rest) = sized(bytes)?;
    let (_is_package, rest) = rest.split_first_chunk::<4>()?;
    let (_code, rest) = sized(rest)?;
    Some((name, rest))
}

fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(names: &[&str]) -> Vec<u8> {
        let sized = |bytes: &[u8]| [&(bytes.len() as u32).to_le_bytes()[..], bytes].concat();
        let module = |name: &&str| [sized(name.as_bytes()), vec![0; 4], sized(name.as_bytes())].concat();
        names.iter().flat_map(module).collect()
    }

    #[test]
    fn modules_are_left_out_with_what_is_inside() {
        let whole = archive(&["json", "json.decoder", "jsonish", "x.json"]);
        let kept =
            |left_out: &[&str]| without(&whole, &left_out.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        assert_eq!(kept(&["json"]).unwrap(), archive(&["jsonish", "x.json"]));
        assert_eq!(kept(&["json.decoder"]).unwrap(), archive(&["json", "jsonish", "x.json"]));
        assert_eq!(kept(&[]).unwrap(), whole);
    }

    #[test]
    fn what_is_not_there_is_not_left_out() {
        let error = without(&archive(&["json"]), &["json".to_owned(), "jsn".to_owned()]).unwrap_err().to_string();
        assert_eq!(error, "`jsn` cannot be left out: the standard library has no module of this name in Python");
    }

    #[test]
    fn a_cut_off_archive_is_an_error() {
        let whole = archive(&["ab"]);
        for length in 1..whole.len() {
            assert!(without(&whole[..length], &[]).is_err(), "{length}");
        }
    }
}
