//! What a module has of thunks, checked against its world (the rules T1 to T4 of `docs/abi/multivalue.md`).

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail, ensure};
use onramp_abi::{CoreType, MAX_FLAT_RESULTS, Profile, Role, Signature, names};

use crate::link::core::{Core, CoreFunction, CoreSignature, Item};
use crate::link::speech::{nearest, synchronous};
use crate::prelude::{Wit, WorldFunction};

const ONE_ABI: &str = "a function has one form in one module (rule M5)";

/// What a module has of thunks.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Imports that change, by module and field.
    pub(super) imports: BTreeMap<(String, String), Import>,
    /// Exports that are thunks, by name.
    pub(super) exports: BTreeMap<String, Thunk>,
}

/// An import that changes.
#[derive(Clone, Debug)]
pub(super) enum Import {
    /// A thunk.
    Thunk(Thunk),
    /// A function that returns a result of the last call of an imported thunk.
    Get(Cell),
    /// A function that is given a result of the exported thunk that runs.
    Set(Cell),
}

/// A thunk: a function with the first of its results.
#[derive(Clone, Debug)]
pub(super) struct Thunk {
    /// The core name of the function with all of them: the module of an import, or an export.
    pub(super) name: String,
    /// The signature of that function.
    pub(super) signature: CoreSignature,
}

/// A core result beyond the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    /// Which one: 1 is the second.
    pub(super) index: usize,
    /// Its type.
    pub(super) ty: CoreType,
}

impl Thunk {
    /// The thunk's own signature.
    pub(super) fn narrow(&self) -> CoreSignature {
        CoreSignature { params: self.signature.params.clone(), results: self.signature.results[..1].to_vec() }
    }

    /// The results that it lacks.
    pub(super) fn cells(&self) -> impl DoubleEndedIterator<Item = Cell> {
        let results = self.signature.results.iter().copied().enumerate().skip(1);
        results.map(|(index, ty)| Cell { index, ty }).collect::<Vec<_>>().into_iter()
    }
}

impl Import {
    /// The signature that it has in the module.
    pub(super) fn signature(&self) -> CoreSignature {
        match self {
            Import::Thunk(thunk) => thunk.narrow(),
            Import::Get(cell) => CoreSignature { params: Vec::new(), results: vec![cell.ty] },
            Import::Set(cell) => CoreSignature { params: vec![cell.ty], results: Vec::new() },
        }
    }
}

impl Plan {
    /// What a core module of this world has.
    ///
    /// # Errors
    /// When it breaks one of the rules.
    pub(super) fn of(core: &Core, wit: &Wit) -> Result<Self> {
        let mut plan = Plan::default();
        for (module, field, item) in &core.imports {
            let shown = format!("the import `{module}` `{field}`");
            let import = match *module {
                names::RESULTS => Some(accessor(&shown, field)?),
                _ => imported(wit, &shown, module, field)?.map(Import::Thunk),
            };
            if let Some(import) = import {
                fits(&shown, item, &import)?;
                if let Import::Thunk(thunk) = &import {
                    let again = core.imports.iter().any(|other| (other.0, other.1) == (&thunk.name, field));
                    ensure!(!again, "{shown} is also imported as `{}` `{field}`: {ONE_ABI}", thunk.name);
                }
                plan.imports.insert(((*module).to_owned(), (*field).to_owned()), import);
            }
        }
        for (name, item) in &core.exports {
            let shown = format!("the export `{name}`");
            if let Some(thunk) = exported(wit, &shown, name)? {
                fits(&shown, item, &Import::Thunk(thunk.clone()))?;
                let again = core.exports.contains_key(&*thunk.name);
                ensure!(!again, "{shown} is also exported as `{}`: {ONE_ABI}", thunk.name);
                plan.exports.insert((*name).to_owned(), thunk);
            }
        }
        Ok(plan)
    }

    /// True when it has none.
    pub(super) fn is_empty(&self) -> bool {
        self.imports.is_empty() && self.exports.is_empty()
    }
}

/// T4: a getter or setter is one of those that there are.
fn accessor(shown: &str, field: &str) -> Result<Import> {
    let parts = field.split('-').collect::<Vec<_>>();
    let found = match parts[..] {
        [verb, ty, index] => core_type(ty).zip(position(index)).and_then(|(ty, index)| match verb {
            "get" => Some(Import::Get(Cell { index, ty })),
            "set" => Some(Import::Set(Cell { index, ty })),
            _ => None,
        }),
        _ => None,
    };
    found.with_context(|| {
        format!(
            "{shown} is no result beyond the first: there are `get-T-N` and `set-T-N`, where T is i32, i64, f32 or f64 and N is 1 \
             to {} (rule T4)",
            MAX_FLAT_RESULTS - 1
        )
    })
}

fn core_type(name: &str) -> Option<CoreType> {
    [CoreType::I32, CoreType::I64, CoreType::F32, CoreType::F64].into_iter().find(|ty| ty.to_string() == name)
}

fn position(text: &str) -> Option<usize> {
    let index: usize = text.parse().ok()?;
    ((1..MAX_FLAT_RESULTS).contains(&index) && index.to_string() == text).then_some(index)
}

fn imported(wit: &Wit, shown: &str, module: &str, field: &str) -> Result<Option<Thunk>> {
    let parsed = names::parse_thunk(module).map_err(|error| anyhow!("{shown}: {error} (rule T1)"))?;
    let Some((profile, interface)) = parsed else { return Ok(None) };
    let world = wit.imported_functions();
    let found = world.iter().find(|one| one.interface == interface && one.function.name == field);
    let found = found.with_context(|| {
        let name = |one: &WorldFunction| format!("[thunk={profile}]{}` `{}", one.interface, one.function.name);
        let nearest = nearest(&format!("{module}` `{field}"), &world.iter().map(name).collect::<Vec<_>>());
        format!("{shown} is no function that the world imports{nearest} (rule T1)")
    })?;
    let own = names::import(&wit.resolve, profile, found.key, found.function);
    let signature = several(wit, shown, (profile, Role::Caller), found, &format!("`{}` `{}`", own.0, own.1))?;
    Ok(Some(Thunk { name: names::without_thunk(module), signature }))
}

fn exported(wit: &Wit, shown: &str, name: &str) -> Result<Option<Thunk>> {
    let of = name.strip_prefix("cabi_post_").unwrap_or(name);
    let parsed = names::parse_thunk(of).map_err(|error| anyhow!("{shown}: {error} (rule T1)"))?;
    let Some((profile, _)) = parsed else { return Ok(None) };
    let own = names::without_thunk(name);
    ensure!(of == name, "{shown} is a post-return function, which has no results: it is called `{own}` (rule T2)");
    let world = wit.exported_functions();
    let thunk = |one: &WorldFunction| format!("[thunk={profile}]{}#{}", one.interface, one.function.name);
    let found = world.iter().find(|one| thunk(one) == name).with_context(|| {
        let nearest = nearest(name, &world.iter().map(thunk).collect::<Vec<_>>());
        format!("{shown} is no function that the world exports{nearest} (rule T1)")
    })?;
    let eager = names::export(&wit.resolve, profile, found.key, found.function);
    let signature = several(wit, shown, (profile, Role::Callee), found, &format!("`{eager}`"))?;
    Ok(Some(Thunk { name: own, signature }))
}

/// T2: the function has several results, and which. `own`: the name that it has without a thunk.
fn several(
    wit: &Wit,
    shown: &str,
    (profile, role): (Profile, Role),
    one: &WorldFunction,
    own: &str,
) -> Result<CoreSignature> {
    synchronous(&wit.resolve, shown, one)?;
    let signature = CoreSignature::from(&Signature::new(&wit.resolve, profile, role, one.function));
    let count = signature.results.len();
    ensure!(
        count > 1,
        "{shown} is a thunk, but `{}` has {} in {profile}: it is called {own} (rule T2)",
        names::function(&wit.resolve, one.key, one.function),
        if count == 1 { "one core result" } else { "no core result" }
    );
    Ok(signature)
}

/// T3 and T4: the core signature is what the type in WIT says, with the first result only.
fn fits(shown: &str, item: &Item, import: &Import) -> Result<()> {
    let (expected, rule) = match import {
        Import::Thunk(thunk) => (thunk.narrow(), "T3"),
        Import::Get(_) | Import::Set(_) => (import.signature(), "T4"),
    };
    match item {
        Item::Func(CoreFunction { signature: Some(found), .. }) if *found == expected => Ok(()),
        Item::Func(CoreFunction { signature: Some(found), .. }) => {
            bail!("{shown} has the core signature {found}, and it must be {expected} (rule {rule})")
        }
        Item::Func(_) => bail!("{shown} has other core types, and it must be {expected} (rule {rule})"),
        Item::Memory(_) | Item::Table(_) | Item::Other => {
            bail!("{shown} must be a function with the core signature {expected}, and is none (rule {rule})")
        }
    }
}
