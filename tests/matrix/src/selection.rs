//! Which cells of the matrix are run.

use anyhow::{Result, bail};
use onramp_abi::Profile;

use crate::cell::{Cell, Side};
use crate::language::Language;
use crate::linker::Linker;
use crate::scenario::Scenario;

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Names of languages, for either side; empty for all.
    pub languages: Vec<String>,
    /// Names of profiles, for either side; empty for all.
    pub profiles: Vec<String>,
    /// Callers, under the names of the table's columns, such as `rust` or `c:lazy`; empty for all.
    pub callers: Vec<String>,
    /// Callees, likewise.
    pub callees: Vec<String>,
    /// Names of linkers, which then have all of their cells; empty for every linker's usual ones.
    pub linkers: Vec<String>,
    /// Names of scenarios; empty for all.
    pub scenarios: Vec<String>,
    /// A part of the cells' names, such as `strings/rust-`; empty for all.
    pub filter: String,
    /// Fewer pairs with a language that is dear: [`is_brief`].
    pub brief: bool,
}

/// The columns of a table that a selection takes.
pub struct Sides {
    /// Those that call.
    pub callers: Vec<Side>,
    /// Those that are called.
    pub callees: Vec<Side>,
}

impl Sides {
    /// The columns of these languages.
    ///
    /// # Errors
    /// When a profile or a guest that is named does not exist: with those that do.
    pub fn of(languages: &[&'static dyn Language], selection: &Selection) -> Result<Self> {
        let profiles = selection.profiles.iter().map(|name| Ok(name.parse()?)).collect::<Result<Vec<Profile>>>()?;
        let wanted = |profile: &&Profile| profiles.is_empty() || profiles.contains(profile);
        let all: Vec<Side> = languages
            .iter()
            .flat_map(|language| language.profiles().iter().filter(wanted).map(|&profile| (language.name(), profile)))
            .map(|(language, profile)| Side { language, profile })
            .collect();
        let named = |names: &[String]| {
            if let Some(name) = names.iter().find(|name| all.iter().all(|side| side.to_string() != **name)) {
                let known: Vec<String> = all.iter().map(Side::to_string).collect();
                bail!("there is no guest `{name}`: there is {}", known.join(", "));
            }
            let wanted = |side: &&Side| names.is_empty() || names.contains(&side.to_string());
            Ok(all.iter().filter(wanted).copied().collect())
        };
        Ok(Sides { callers: named(&selection.callers)?, callees: named(&selection.callees)? })
    }
}

/// Whether a brief run has this pair although one of both languages is dear ([`Language::is_dear`]): a guest has those partners that speak
/// its profile or today's, and all partners when it speaks today's itself.
pub fn is_brief(caller: Side, callee: Side) -> bool {
    caller.profile == callee.profile || [caller, callee].iter().any(|side| side.profile == Profile::Eager)
}

/// The cells of these scenarios and sides that a selection takes.
pub fn select(scenarios: &[Scenario], sides: &Sides, linkers: &[Linker], selection: &Selection) -> Vec<Cell> {
    let wanted = |scenario: &&Scenario| selection.scenarios.is_empty() || selection.scenarios.contains(&scenario.name);
    let mut cells = Vec::new();
    for &linker in linkers {
        for scenario in scenarios.iter().filter(wanted) {
            for &caller in &sides.callers {
                let has = |callee: &Side| !selection.linkers.is_empty() || linker.usually_has(caller, *callee);
                let callees = sides.callees.iter().copied().filter(has);
                cells.extend(callees.map(|callee| Cell::new(&scenario.name, caller, callee, linker)));
            }
        }
    }
    cells.retain(|cell| cell.id().contains(&selection.filter));
    cells
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::matrix::{Matrix, Settings, own_folders};

    fn owned(list: &[&str]) -> Vec<String> {
        list.iter().map(|&one| one.to_owned()).collect()
    }

    /// The names of the cells of the project's own matrix that a selection takes.
    fn selected(selection: Selection) -> Result<Vec<String>> {
        let (scenarios, support) = own_folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let settings = Settings { scenarios, support, jobs: 1, fail_fast: false, time_limit: Duration::from_secs(1) };
        Ok(Matrix::new(settings, &selection)?.cells().iter().map(Cell::id).collect())
    }

    #[test]
    fn each_linker_has_its_usual_cells_unless_it_is_named() {
        let of = |linkers: &[&str], filter: &str| {
            let (linkers, scenarios) = (owned(linkers), owned(&["strings"]));
            selected(Selection { linkers, scenarios, filter: filter.to_owned(), ..Selection::default() }).unwrap()
        };
        assert_eq!(of(&[], "/stock").len(), 4 * 4);
        assert_eq!(of(&[], "/onramp").len(), 18 * 18);
        // Each guest with eager Rust, as caller and as callee, and with itself.
        assert_eq!(of(&[], "/host").len(), 18 + 17 + 17);
        assert_eq!(of(&["stock"], "").len(), 18 * 18);
        assert_eq!(of(&[], "/c:lazy-c:cm1/"), ["strings/c:lazy-c:cm1/onramp"]);
    }

    #[test]
    fn a_brief_run_has_fewer_pairs_with_python() {
        let of = |filter: &str| {
            let (linkers, scenarios) = (owned(&["onramp"]), owned(&["strings"]));
            let filter = filter.to_owned();
            selected(Selection { linkers, scenarios, filter, brief: true, ..Selection::default() }).unwrap()
        };
        assert_eq!(of("/c:lazy-python").len(), 2, "the same profile, and today's");
        assert_eq!(of("/python:cm1-rust").len(), 2);
        assert_eq!(of("/python-c").len(), 6, "every profile of C, and componentize-py");
        assert_eq!(of("/c:lazy-rust").len(), 5, "all pairs without Python");
    }

    #[test]
    fn guests_are_chosen_by_side_and_by_profile() {
        let selection = Selection {
            profiles: owned(&["lazy", "eager"]),
            callers: owned(&["c:lazy", "rust"]),
            callees: owned(&["python"]),
            linkers: owned(&["onramp"]),
            scenarios: owned(&["strings"]),
            ..Selection::default()
        };
        let names = selected(selection.clone()).unwrap();
        assert_eq!(names, ["strings/rust-python/onramp", "strings/c:lazy-python/onramp"]);
        let unknown = Selection { callers: owned(&["c:cm1"]), ..selection };
        let error = selected(unknown).unwrap_err().to_string();
        let known = "rust, rust:lazy, c, c:lazy, python, python:lazy, componentize-py";
        assert_eq!(error, format!("there is no guest `c:cm1`: there is {known}"));
        let unknown = Selection { profiles: owned(&["slow"]), ..Selection::default() };
        let error = selected(unknown).unwrap_err().to_string();
        assert_eq!(error, "no profile is called \"slow\"; there is eager, multivalue, lazy, cm1, gc");
    }

    #[test]
    fn the_filter_looks_at_the_cells_names() {
        let cells = |languages: &[&str], scenarios: &[&str], filter: &str| {
            let selection = Selection {
                linkers: owned(&["stock"]),
                profiles: owned(&["eager"]),
                languages: owned(languages),
                scenarios: owned(scenarios),
                filter: filter.to_owned(),
                ..Selection::default()
            };
            selected(selection).unwrap()
        };
        assert_eq!(
            cells(&["c", "rust"], &["strings"], ""),
            ["strings/rust-rust/stock", "strings/rust-c/stock", "strings/c-rust/stock", "strings/c-c/stock"]
        );
        assert_eq!(cells(&[], &["lists", "strings"], "/c-p"), ["lists/c-python/stock", "strings/c-python/stock"]);
        assert_eq!(cells(&[], &[], "").len() % 16, 0);
    }
}
