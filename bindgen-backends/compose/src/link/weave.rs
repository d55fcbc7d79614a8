//! Weaving: functions with several results, for guests of languages whose functions have one.
//!
//! Such a guest says `[thunk=p]` where it means `[abi=p]`. Its imports return the first result, and getters (`[results]`
//! `get-i32-1`) the others; its exports return the first result after setters were given the others
//! (`docs/abi/multivalue.md`, "Languages with one result"). After linking it is rewritten: the calls of thunks become calls of functions
//! with all results, getters and setters become locals where that is possible, and else globals. Nothing else of the module
//! changes but function indices.

mod body;
mod learned;
mod plan;
mod rewrite;
mod sections;

use anyhow::Result;

use crate::prelude::Wit;

use super::core::Core;
use plan::Plan;

/// The module with functions of several results in place of thunks; `None`: it has no thunks. `core` is what was read of the
/// module, and `wit` its world.
///
/// # Errors
/// When it breaks one of the rules T1 to T4 or M6.
pub(super) fn woven(core: &Core, wit: &Wit, module: &[u8]) -> Result<Option<Vec<u8>>> {
    let plan = Plan::of(core, wit)?;
    match plan.is_empty() {
        true => Ok(None),
        false => rewrite::rewrite(module, &plan).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use wit_component::{StringEncoding, embed_component_metadata};
    use wit_parser::Resolve;

    use crate::link::{core::Core, world};

    /// For each module in `tests/weave/`, with its world beside it: what it becomes.
    #[test]
    fn modules_become_what_is_expected() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/weave");
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "wat"));
        files.sort();
        assert!(!files.is_empty());
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        for file in files {
            let name = file.file_stem().unwrap().to_str().unwrap();
            settings.bind(|| insta::assert_snapshot!(name, woven(&file)));
        }
    }

    fn woven(file: &Path) -> String {
        let mut module = wat::parse_file(file).unwrap();
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_path(file.with_extension("wit")).unwrap();
        let guest = resolve.select_world(&[package], None).unwrap();
        embed_component_metadata(&mut module, &resolve, guest, StringEncoding::UTF8, false).unwrap();
        let core = Core::read(&module).unwrap();
        let woven = super::woven(&core, &world(&core, &module).unwrap().0, &module).unwrap().unwrap();
        Core::read(&woven).unwrap();
        let text = wasmprinter::print_bytes(woven).unwrap();
        text.lines().filter(|line| !line.contains("component-type")).map(|line| format!("{line}\n")).collect()
    }
}
