//! What a module has under names that are to be woven, checked against its world.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow, bail, ensure};
use onramp_abi::kept::Kept;
use onramp_abi::{Data, Profile, Role, Signature, names};

use crate::link::core::{Core, CoreSignature, Item};
use crate::link::speech::{fits, nearest, synchronous};
use crate::prelude::{Wit, WorldFunction};

/// What a module has.
pub(super) struct Plan<'w> {
    /// Functions that it imports.
    pub(super) imports: Vec<Woven<'w>>,
    /// Functions that it exports.
    pub(super) exports: Vec<Woven<'w>>,
}

/// A function that is to be woven.
pub(super) struct Woven<'w> {
    pub(super) one: WorldFunction<'w>,
    /// Its core name: the module of an import, or an export.
    pub(super) name: String,
    /// The export that frees its results, if there is one.
    pub(super) post_return: Option<String>,
    /// Whether values stay objects in it, or it is one of those that read them.
    pub(super) keeps: bool,
}

impl<'w> Plan<'w> {
    /// What a core module of this world has.
    ///
    /// # Errors
    /// When it breaks one of the rules M3 to M6.
    pub(super) fn of(core: &Core, wit: &'w Wit, kept: &Kept) -> Result<Self> {
        let mut plan = Plan { imports: Vec::new(), exports: Vec::new() };
        for (module, field, item) in &core.imports {
            let shown = format!("the import `{module}` `{field}`");
            if let Some(profile) = profile(&shown, module)? {
                let called = |one: &WorldFunction| names::import(&wit.resolve, profile, one.key, one.function);
                let called = |one: &WorldFunction| (names::with_weave(&called(one).0), one.function.name.clone());
                let all = wit.imported_functions();
                let found = all.iter().find(|one| called(one) == ((*module).to_owned(), (*field).to_owned()));
                let one = found.cloned().with_context(|| {
                    let name = |one: &WorldFunction| called(one).0 + "` `" + &one.function.name;
                    let nearest = nearest(&format!("{module}` `{field}"), &all.iter().map(name).collect::<Vec<_>>());
                    format!("{shown} is no function that the world imports{nearest} (rule M3)")
                })?;
                check(wit, (&shown, item), profile, Role::Caller, &one)?;
                let keeps = keeps(wit, kept, &one);
                plan.imports.push(Woven { one, name: (*module).to_owned(), post_return: None, keeps });
            }
        }
        for (name, item) in &core.exports {
            plan.exports.extend(exported(core, wit, kept, (name, item))?);
        }
        plan.every_post_return_belongs(core)?;
        Ok(plan)
    }

    /// True when there is nothing to weave.
    pub(super) fn is_empty(&self) -> bool {
        self.imports.is_empty() && self.exports.is_empty()
    }

    /// The exports that stay, with their names.
    pub(super) fn kept_exports(&self, core: &Core) -> BTreeMap<String, String> {
        let woven = self.exports.iter().flat_map(|woven| [Some(&woven.name), woven.post_return.as_ref()]);
        let woven: BTreeSet<&str> = woven.flatten().map(String::as_str).collect();
        let kept = core.exports.keys().filter(|name| !woven.contains(**name));
        kept.map(|name| ((*name).to_owned(), (*name).to_owned())).collect()
    }

    fn every_post_return_belongs(&self, core: &Core) -> Result<()> {
        for name in core.exports.keys() {
            let Some(of) = name.strip_prefix(POST_RETURN) else { continue };
            let shown = format!("the export `{name}`");
            ensure!(
                profile(&shown, of)?.is_none() || self.exports.iter().any(|woven| woven.name == of),
                "{shown} is the post-return function of `{of}`, which the module does not export (rule M3)"
            );
        }
        Ok(())
    }
}

/// What the name of a post-return function begins with.
const POST_RETURN: &str = "cabi_post_";

/// The profile that a name is to be woven to; `None`: it is not to be woven.
fn profile(shown: &str, name: &str) -> Result<Option<Profile>> {
    let parsed = names::parse_woven(name).map_err(|error| anyhow!("{shown}: {error} (rule M3)"))?;
    let Some((profile, _)) = parsed else { return Ok(None) };
    match profile.data() {
        Data::Gc => Ok(Some(profile)),
        Data::Linear => {
            bail!("{shown}: nothing is woven for {profile}, whose values are in the guest's memory (rule M3)")
        }
    }
}

fn exported<'w>(core: &Core, wit: &'w Wit, kept: &Kept, (name, item): (&str, &Item)) -> Result<Option<Woven<'w>>> {
    let shown = format!("the export `{name}`");
    let Some(profile) = profile(&shown, name)? else { return Ok(None) };
    let called = |one: &WorldFunction| names::export(&wit.resolve, profile, one.key, one.function);
    let all = wit.exported_functions();
    let one = all.iter().find(|one| names::with_weave(&called(one)) == name).cloned().with_context(|| {
        let nearest = nearest(name, &all.iter().map(|one| names::with_weave(&called(one))).collect::<Vec<_>>());
        format!("{shown} is no function that the world exports{nearest} (rule M3)")
    })?;
    let signature = check(wit, (&shown, item), profile, Role::Callee, &one)?;
    let woven = called(&one);
    ensure!(
        !core.exports.contains_key(&*woven),
        "{shown} is also exported as `{woven}`: a function has one ABI in one module (rule M5)"
    );
    let post_return = POST_RETURN.to_owned() + name;
    let post_return = match core.exports.get(&*post_return) {
        None => None,
        Some(item) => {
            let signature = CoreSignature { params: signature.results, results: Vec::new() };
            fits(&format!("the export `{post_return}`"), item, &signature)?;
            Some(post_return)
        }
    };
    let keeps = keeps(wit, kept, &one);
    Ok(Some(Woven { one, name: name.to_owned(), post_return, keeps }))
}

/// Whether values stay objects in a function, or it is one of those that read them.
fn keeps(wit: &Wit, kept: &Kept, one: &WorldFunction) -> bool {
    let types = one.function.params.iter().map(|param| &param.ty).chain(&one.function.result);
    types.into_iter().any(|ty| kept.object(&wit.resolve, ty).is_some())
}

/// M4 and M6: the function can be woven, and has its eager core signature.
fn check(
    wit: &Wit,
    (shown, item): (&str, &Item),
    profile: Profile,
    role: Role,
    one: &WorldFunction,
) -> Result<CoreSignature> {
    synchronous(&wit.resolve, shown, one)?;
    let signature = CoreSignature::from(&Signature::new(&wit.resolve, profile, role, one.function));
    fits(shown, item, &signature)?;
    Ok(signature)
}
